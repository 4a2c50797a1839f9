package dev.slipway.build;

import java.util.Optional;

/** The port to whoever vouches for us at the image registry. */
@FunctionalInterface
public interface AccessToken {

  /** A bearer token good for a request made now; empty for a registry that asks for none. */
  Optional<String> current();
}
