package dev.slipway.console.access;

import dev.slipway.console.http.Request;
import java.util.Optional;

/** Tells from a request who asks. */
public interface Access {

  /**
   * The verified name.
   *
   * @return empty when nobody vouches for the request
   */
  Optional<String> who(Request request);
}
