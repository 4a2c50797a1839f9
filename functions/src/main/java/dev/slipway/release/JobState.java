package dev.slipway.release;

/** Where a release's job stands, once it was asked for. */
public sealed interface JobState {

  /** On its way, or being made. */
  record Running() implements JobState {}

  /** Ended with exit code 0. */
  record Succeeded() implements JobState {}

  /** Ended otherwise; {@code why} has its last words where the platform tells them. */
  record Failed(String why) implements JobState {}
}
