package dev.slipway.release;

import java.util.Optional;

/**
 * A known fault of one locked package.
 *
 * @param id such as {@code RUSTSEC-2024-0001}
 * @param name package
 * @param version as locked
 * @param fixed the first later version without it, where one is named
 * @param severity {@code critical}, {@code high}, {@code medium}, {@code low} or {@code unknown};
 *     for one that is no vulnerability its kind, such as {@code unmaintained}
 * @param informational whether it is no vulnerability
 * @param isNew whether the release that served when this one was built did not have it
 */
public record Advisory(
    String id,
    String name,
    String version,
    Optional<String> fixed,
    String severity,
    boolean informational,
    boolean isNew) {

  /** The same, said to be new or not. */
  public Advisory marked(boolean fresh) {
    return new Advisory(id, name, version, fixed, severity, informational, fresh);
  }

  /** {@code RUSTSEC-2024-0001 (high) in foo 1.2.3, fixed in 1.2.4}. */
  @Override
  public String toString() {
    return "%s (%s) in %s %s%s"
        .formatted(
            id,
            severity,
            name,
            version,
            fixed.map(f -> ", fixed in " + f).orElse(", no fixed version named"));
  }
}
