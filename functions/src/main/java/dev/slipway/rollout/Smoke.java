package dev.slipway.rollout;

import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;

/** Asks a candidate whether it works, before any user does. */
public interface Smoke {

  /**
   * Sends the requests of {@code test} to a revision's own URL.
   *
   * @param uri base URL of the traffic tag, without a trailing slash
   * @param audience base URL of the service, which an identity token must name
   */
  SmokeResult run(String uri, String audience, SmokeTest test);

  /**
   * Sends the requests of {@code test} as {@link Logs#SYNTHETIC_AGENT}, whatever the answers are:
   * the platform measures them.
   */
  void sample(String uri, String audience, SmokeTest test);
}
