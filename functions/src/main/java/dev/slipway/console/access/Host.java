package dev.slipway.console.access;

import dev.slipway.console.http.Request;
import java.util.Optional;

/** Under which name the browser knows us. */
final class Host {

  private Host() {}

  /**
   * The host and port of the page's address.
   *
   * @param proxied whether the laptop's proxy stands before us, which says what it was asked for
   */
  static Optional<String> of(Request request, boolean proxied) {
    Optional<String> forwarded = request.header("x-forwarded-host").filter(h -> proxied);
    return forwarded.or(() -> request.header("host"));
  }
}
