package dev.slipway.console.access;

import java.security.PublicKey;
import java.util.Optional;

/** The public keys somebody signs with. */
public interface Keys {

  /** The key of that id; empty when there is none. */
  Optional<PublicKey> key(String id);
}
