package dev.slipway.release;

import java.util.Locale;

/** The image a binary runs on, the smallest first. */
public enum RuntimeBase {
  /** Nothing at all: for static binaries that need neither certificates nor a user table. */
  SCRATCH,
  /** Certificates, time zones and a user table: for static binaries. */
  STATIC,
  /** A static base for binaries linked against musl. */
  MUSL,
  /** glibc and libgcc_s: for dynamic binaries that need no more. */
  CC,
  /** As {@link #CC}, of Chainguard's make. */
  CHAINGUARD,
  /** Alpine, with musl and a shell. */
  ALPINE,
  /** Debian slim: for binaries that link further Debian libraries. */
  SLIM;

  /** As written in settings: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
