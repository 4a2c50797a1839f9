package dev.slipway.local.run;

import java.util.Optional;

/** Where Cloud Run reads the secrets that become environment variables. */
public interface Secrets {

  /**
   * The payload of a secret version.
   *
   * @param version {@code projects/P/secrets/S/versions/V}; V may be {@code latest}
   */
  Optional<String> access(String version);
}
