package dev.slipway.rollout;

import java.util.Optional;

/** Gives identity tokens, which a service that is not public asks for. */
public interface IdTokens {

  /** A token for {@code audience}; empty where none is needed. */
  Optional<String> token(String audience);
}
