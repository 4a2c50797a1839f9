package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;

/** What came of a build. */
public sealed interface Outcome {

  /** The build with what became known of it: source provenance, timing, results. */
  Build build();

  /** The image is in the registry; {@link #build} carries the results. */
  record Succeeded(Build build) implements Outcome {}

  /**
   * The build itself is at fault.
   *
   * @param detail one sentence for the submitter
   */
  record Failed(Build build, FailureType type, String detail) implements Outcome {}

  /**
   * The laptop cloud is at fault.
   *
   * @param detail what was tried and why it failed
   */
  record Broken(Build build, String detail) implements Outcome {}
}
