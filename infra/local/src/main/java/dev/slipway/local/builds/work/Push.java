package dev.slipway.local.builds.work;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.cloudbuild.v1.Results;
import com.google.protobuf.ByteString;
import dev.slipway.local.builds.ImageStore;
import dev.slipway.local.builds.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * An image to push.
 *
 * @param mediaType the manifest's
 * @param blobs what the manifest names, by digest: configuration and layers
 */
public record Push(String mediaType, String manifest, Map<String, Path> blobs) {

  /**
   * Pushes it under each name the build gives; {@code build} then carries its digests, and {@code
   * report} as the output of its last step.
   *
   * @throws Stopped when the build was cancelled
   */
  public void run(Job job, ImageStore images, Clock clock, ByteString report, Build.Builder build)
      throws IOException {
    if (job.cancellation().isCancelled()) {
      throw new Stopped();
    }
    Stopwatch watch = new Stopwatch(clock);
    job.log().line("PUSH");
    for (Map.Entry<String, Path> blob : blobs.entrySet()) {
      images.blob(blob.getKey(), blob.getValue());
    }
    byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
    Results.Builder results = Results.newBuilder();
    for (String name : build.getImagesList()) {
      String digest = images.manifest(name, mediaType, bytes);
      job.log().line(name + ": digest: " + digest);
      results.addImages(
          BuiltImage.newBuilder().setName(name).setDigest(digest).setPushTiming(watch.span()));
    }
    build.putTiming("PUSH", watch.span());
    for (int i = 0; i < build.getStepsCount(); i++) {
      BuildStep.Builder step = build.getStepsBuilder(i).setStatus(Build.Status.SUCCESS);
      boolean last = i == build.getStepsCount() - 1;
      step.setTiming(build.getTimingOrThrow("BUILD"));
      results.addBuildStepOutputs(last ? report : ByteString.EMPTY);
    }
    build.setResults(results);
  }
}
