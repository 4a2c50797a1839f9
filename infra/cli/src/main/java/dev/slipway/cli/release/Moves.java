package dev.slipway.cli.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.cli.environment.ApiFailure;
import dev.slipway.cli.environment.ConsoleApi;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.release.ReleaseId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a release to move: told by the console's stream while there is one, else looking every
 * two seconds. A stream ends every few minutes; the next wait asks for another.
 */
final class Moves implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(2);

  /** With a stream too: what a proxy swallows is seen all the same. */
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(10);

  private final ConsoleApi api;
  private final String release;
  private final Semaphore moved = new Semaphore(0);
  private volatile boolean streaming;
  private volatile boolean closed;
  private volatile @Nullable InputStream stream;
  private @Nullable Thread listener;

  Moves(ConsoleApi api, ReleaseId release) {
    this.api = api;
    this.release = "\"" + release + "\"";
  }

  /** Returns when it may have moved, or after {@code most}. */
  void await(Duration most) {
    listen();
    Duration look = streaming ? LOOK_ANYWAY : LOOK;
    Duration wait = most.compareTo(look) < 0 ? most : look;
    try {
      if (moved.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        moved.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("The watching was interrupted.", e);
    }
  }

  private void listen() {
    if (listener == null || !listener.isAlive()) {
      listener = Thread.ofVirtual().name("moves").start(this::read);
    }
  }

  private void read() {
    try (InputStream in = api.open("api/stream", Map.of())) {
      stream = in;
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
      for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
        boolean listening = line.equals("event: listening");
        streaming |= listening;
        if (listening || (line.startsWith("data:") && line.contains(release))) {
          moved.release();
        }
      }
    } catch (IOException | ApiFailure | Failure noStream) {
      // then it is looked for
    } finally {
      streaming = false;
    }
  }

  @Override
  public void close() {
    closed = true;
    InputStream open = stream;
    if (open != null) {
      try {
        open.close();
      } catch (IOException done) {
        // nobody reads it any more
      }
    }
  }
}
