package dev.slipway.release;

import java.time.Duration;
import java.util.List;

/**
 * What is run once for a release, before its candidate is deployed: migrations, for the most part.
 *
 * @param release names the job
 * @param image reference by digest
 * @param args arguments of the image's own program
 * @param deadline after which it is ended
 */
public record JobOrder(ReleaseId release, String image, List<String> args, Duration deadline) {

  public JobOrder {
    args = List.copyOf(args);
  }
}
