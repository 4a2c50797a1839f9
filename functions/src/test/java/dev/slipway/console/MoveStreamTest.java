package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.ask.Moves;
import dev.slipway.console.ask.Moves.Move;
import dev.slipway.release.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How clients hear of moves. */
final class MoveStreamTest {

  private static final Move MOVE = new Move(Samples.ID, 7, "canary");

  /** What somebody listens to, told by hand. */
  private static final class ByHand implements Moves {

    private final List<String> did = new ArrayList<>();
    private @Nullable Consumer<Move> moved;
    private @Nullable Runnable lost;

    @Override
    public Listening listen(Consumer<Move> toMoved, Runnable toLost) {
      did.add("began");
      moved = toMoved;
      lost = toLost;
      return () -> did.add("ended");
    }

    void move() {
      if (moved != null) {
        moved.accept(MOVE);
      }
    }

    void lose() {
      if (lost != null) {
        lost.run();
      }
    }
  }

  private final ByHand source = new ByHand();

  /** Has something happen once the client was told that it is listened. */
  private static final class Wire extends ByteArrayOutputStream {

    private final Runnable then;
    private boolean done;

    Wire(Runnable then) {
      this.then = then;
    }

    @Override
    public void flush() {
      if (!done) {
        done = true;
        then.run();
      }
    }

    String text() {
      return toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void aMoveIsToldAsAnEventAndTheStreamEndsWhenTheListeningDoes() throws IOException {
    Wire wire =
        new Wire(
            () -> {
              source.move();
              Thread.ofVirtual().start(source::lose);
            });
    Moves told =
        (moved, lost) ->
            source.listen(
                move -> {
                  moved.accept(move);
                },
                lost);

    new MoveStream(told, Clock.systemUTC()).reply().body().writeTo(wire);

    assertThat(wire.text()).startsWith("retry: 1000\nevent: listening\ndata: {}\n\n");
    assertThat(source.did).containsExactly("began", "ended");
  }

  @Test
  void aClientThatIsGoneEndsItsListening() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> new MoveStream(source, Clock.systemUTC()).reply().body().writeTo(gone))
        .hasMessage("gone");

    assertThat(source.did).containsExactly("began", "ended");
  }

  @Test
  void manyShareOneListeningThatEndsWithTheLast() {
    SharedMoves shared = new SharedMoves(source);
    List<Move> one = new ArrayList<>();
    List<Move> other = new ArrayList<>();

    Moves.Listening first = shared.listen(one::add, () -> {});
    Moves.Listening second = shared.listen(other::add, () -> {});
    source.move();
    first.close();
    first.close();
    source.move();
    second.close();

    assertThat(one).containsExactly(MOVE);
    assertThat(other).containsExactly(MOVE, MOVE);
    assertThat(source.did).containsExactly("began", "ended");
  }

  @Test
  void whenTheListeningIsLostAllAreToldAndTheNextBeginsAnew() {
    SharedMoves shared = new SharedMoves(source);
    List<String> told = new ArrayList<>();
    Moves.Listening first = shared.listen(move -> {}, () -> told.add("first"));
    Moves.Listening second = shared.listen(move -> {}, () -> told.add("second"));

    source.lose();
    first.close();
    second.close();
    Moves.Listening third = shared.listen(move -> {}, () -> {});
    third.close();

    assertThat(told).containsExactlyInAnyOrder("first", "second");
    assertThat(source.did).containsExactly("began", "ended", "began", "ended");
  }
}
