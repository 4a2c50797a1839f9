package dev.slipway.release;

import java.util.Locale;

/** What a person may do; each may also do what those before it may. */
public enum Role {
  /** Look. */
  VIEWER,
  /** Steer rollouts. */
  DEPLOYER,
  /** Decide where policy wants a person's word, and go past its rules. */
  APPROVER;

  /** Whether it may ask for that. */
  public boolean may(Command.Kind kind) {
    return compareTo(needed(kind)) >= 0;
  }

  /** The least role that may ask for that. */
  public static Role needed(Command.Kind kind) {
    return switch (kind) {
      case ROLLBACK, PAUSE, RESUME, CANCEL, SKIP, PROMOTE, RETRY, HOLD, UNHOLD -> DEPLOYER;
      case APPROVE, REJECT, OVERRIDE -> APPROVER;
    };
  }

  /** {@code deployer}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
