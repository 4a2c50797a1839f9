package dev.slipway.release;

/** How a release's pre-deploy job stands. */
public sealed interface JobState {

  /** It runs, or is about to. */
  record Running() implements JobState {}

  /** It ended well. */
  record Succeeded() implements JobState {}

  /** It did not; {@code why} is Cloud Run's own message. */
  record Failed(String why) implements JobState {}
}
