package dev.slipway.release;

import java.time.Duration;
import java.util.List;

/**
 * A job to run before a release gets any traffic, such as the migration of a database.
 *
 * @param release names the job: it runs once for each release
 * @param image reference by digest: the release's own
 * @param args what its entrypoint is given, such as {@code migrate}
 * @param timeout after which it has failed
 */
public record JobOrder(ReleaseId release, String image, List<String> args, Duration timeout) {

  public JobOrder {
    args = List.copyOf(args);
  }
}
