package dev.slipway.release;

import java.util.Optional;

/** The one thing to do next for a release. */
public sealed interface Step {

  /** Nothing more will happen to it by itself. */
  record Rest() implements Step {}

  /**
   * Nothing now; a later trigger asks again.
   *
   * @param soon whether it is worth asking again within seconds
   */
  record Wait(String why, boolean soon) implements Step {}

  /** Write a fact down. */
  record Note(ReleaseEvent event) implements Step {}

  /** Submit a build, then write its id down. */
  record SubmitBuild(BuildOrder order) implements Step {}

  /** Stop a build that is not, or no longer, this release's. */
  record CancelBuild(String buildId) implements Step {}

  /**
   * Measure the pushed image and look into it, then write it down.
   *
   * @param release whose image it is
   * @param serving the live release, to compare it with
   */
  record MeasureImage(
      Release release, Optional<Release> serving, BuildState build, BuildState.Succeeded result)
      implements Step {}

  /**
   * Copy a promoted release's image here and look into it, then write it down.
   *
   * @param release whose image it is
   * @param serving the live release, to compare it with
   */
  record CopyImage(Release release, Optional<Release> serving, Origin origin) implements Step {}

  /** Run the release's job. */
  record RunJob(JobOrder order) implements Step {}

  /**
   * Deploy the candidate.
   *
   * @param region where; empty where there is only one
   */
  record Deploy(
      Optional<String> region, Optional<ServiceState> basis, Deployment deployment)
      implements Step {}

  /**
   * Smoke the candidate, then write the result down.
   *
   * @param uri base URL of the candidate's traffic tag
   * @param audience base URL of the service
   * @param warmup how many requests it must answer after the test
   */
  record RunSmoke(
      Situation situation, String uri, String audience, SmokeTest test, int warmup)
      implements Step {

    /** What a result means for the release. */
    public ReleaseEvent event(SmokeResult result) {
      return RolloutDecision.smokeEvent(situation, result);
    }
  }

  /**
   * Send a candidate requests that users do not, and leave what comes of them to a later look.
   *
   * @param uri base URL of the candidate's traffic tag
   * @param audience base URL of the service
   * @param test what is asked, and how often
   */
  record Sample(String uri, String audience, SmokeTest test) implements Step {}

  /**
   * Change the traffic.
   *
   * @param region where; empty where there is only one
   */
  record Shift(Optional<String> region, ServiceState basis, Traffic traffic) implements Step {}
}
