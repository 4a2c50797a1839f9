package dev.slipway.console;

import dev.slipway.console.access.Access;
import dev.slipway.console.access.Caller;
import dev.slipway.console.access.Guard;
import dev.slipway.release.People;
import dev.slipway.console.http.Request;

/**
 * Lets people in.
 *
 * @param access who asks
 * @param people who may do what
 * @param guard whether it was they who asked
 */
public record Entry(Access access, People people, Guard guard) {

  /**
   * Who asks, and in which role.
   *
   * @throws Refusal when that is not known, or when they may not even look
   */
  Caller caller(Request request) {
    String name =
        access
            .who(request)
            .orElseThrow(
                () ->
                    new Refusal(
                        401,
                        "Nobody vouches for who you are. Come through Identity-Aware Proxy or with"
                            + " a Google identity token; on a laptop, by 127.0.0.1 or localhost."));
    return people
        .roleOf(name)
        .map(role -> new Caller(name, role))
        .orElseThrow(
            () ->
                new Refusal(
                    403, "%s is not among the policy's people. Ask for being added.".formatted(name)));
  }
}
