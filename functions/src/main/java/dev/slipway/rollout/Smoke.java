package dev.slipway.rollout;

import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;

/** Asks a candidate whether it works, before any user does. */
public interface Smoke {

  /**
   * Where a candidate is reached.
   *
   * @param uri base URL of the traffic tag, without a trailing slash
   * @param audience base URL of the service, which an identity token must name
   */
  record Address(String uri, String audience) {}

  /**
   * Sends the requests of {@code test} to a revision's own URL, and then as many as warm it up.
   *
   * @param warmup how many more it must answer; what they say is not looked at
   */
  SmokeResult run(Address address, SmokeTest test, int warmup);

  /**
   * Sends the requests of {@code test} as {@link Logs#SYNTHETIC_AGENT}, whatever the answers are:
   * the platform measures them.
   */
  void sample(Address address, SmokeTest test);
}
