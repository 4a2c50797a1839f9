package dev.slipway.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.console.ask.Moves;
import dev.slipway.console.http.Reply;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells one client of moves as server-sent events, for some minutes: platforms end long answers,
 * and a client that is ended in order asks again at once.
 *
 * <pre>
 * event: listening      from now on moves are told: what was read before may be old
 * event: moved          {"release":"hello-0123456789ab","sequence":7,"stage":"canary"}
 * </pre>
 */
final class MoveStream {

  /** Less than the five minutes the function is given. */
  private static final Duration LIFE = Duration.ofMinutes(4);

  /** Proxies end connections that say nothing; and so one that is gone is noticed. */
  private static final Duration BEAT = Duration.ofSeconds(10);

  private static final int MOST_WAITING = 200;

  private final Moves moves;
  private final Clock clock;

  MoveStream(Moves moves, Clock clock) {
    this.moves = moves;
    this.clock = clock;
  }

  Reply reply() {
    return new Reply(
        200,
        Map.of("content-type", "text/event-stream; charset=utf-8", "x-accel-buffering", "no"),
        this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    BlockingQueue<Optional<Moves.Move>> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    // A client too slow for the queue misses moves, not the news that there are some.
    Moves.Listening listening =
        moves.listen(
            move -> {
              var unused = queue.offer(Optional.of(move));
            },
            () -> {
              queue.clear();
              var unused = queue.offer(Optional.empty());
            });
    try {
      send(out, "retry: 1000\nevent: listening\ndata: {}\n\n");
      tell(out, queue);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      listening.close();
    }
  }

  private void tell(OutputStream out, BlockingQueue<Optional<Moves.Move>> queue)
      throws IOException, InterruptedException {
    Instant end = clock.instant().plus(LIFE);
    while (clock.instant().isBefore(end)) {
      Optional<Moves.Move> next = queue.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        send(out, ": still here\n\n");
      } else if (next.isPresent()) {
        send(out, "event: moved\ndata: " + Json.write(next.get(), Moves.Move.class) + "\n\n");
      } else {
        return;
      }
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
