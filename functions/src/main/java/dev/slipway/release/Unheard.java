package dev.slipway.release;

import java.util.List;

/**
 * What the check of an archive warns of that keeps Cloud Run from hearing a program: where its
 * candidate is never ready, that is the likely reason, and Cloud Run does not know it.
 */
public final class Unheard {

  /** The rule of a program that listens on loopback only. */
  public static final String LOOPBACK = "binds-loopback";

  /** The rule of a program that listens on a port of its own. */
  public static final String FIXED_PORT = "fixed-port";

  private static final List<String> RULES = List.of(LOOPBACK, FIXED_PORT);

  private Unheard() {}

  /** Why a candidate was never ready, with what was warned of. */
  static String in(Release release, String why) {
    return release.warnings().stream()
        .filter(warning -> RULES.contains(warning.rule()))
        .findFirst()
        .map(warning -> stop(why) + warning)
        .orElse(why);
  }

  /** A program's own last lines can be part of why: what is ours to say has a line of its own then. */
  private static String stop(String why) {
    if (why.contains("\n")) {
      return why + "\n";
    }
    return why.endsWith(".") ? why + " " : why + ". ";
  }
}
