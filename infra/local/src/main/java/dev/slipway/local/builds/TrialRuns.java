package dev.slipway.local.builds;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where builds have the image they pushed run once and stopped. */
public interface TrialRuns {

  /**
   * Begins one; returns at once.
   *
   * @param image by digest, {@code host/path@sha256:...}
   * @param service the service the image is for
   */
  Trial begin(String image, String service);

  /** One that is under way. */
  interface Trial {

    /** Completes once the process is gone; with an exception where it could not be started. */
    CompletableFuture<Seen> seen();

    /** Ends it now. */
    void kill();
  }

  /**
   * What was seen.
   *
   * @param listens where it listened, {@code 0.0.0.0:8080}; empty where it did not in time
   * @param handlesTerm whether SIGTERM reached it
   * @param exitCode empty where it was ended by force without having been sent SIGTERM
   * @param stop from SIGTERM to its end; empty where it was sent none
   * @param tail the last lines it printed
   */
  record Seen(
      List<String> listens,
      boolean handlesTerm,
      Optional<Integer> exitCode,
      Optional<Duration> stop,
      List<String> tail) {

    public Seen {
      listens = List.copyOf(listens);
      tail = List.copyOf(tail);
    }
  }
}
