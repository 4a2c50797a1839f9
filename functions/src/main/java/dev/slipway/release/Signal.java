package dev.slipway.release;

/**
 * A sign in the logs that a process went wrong.
 *
 * @param fingerprint what is the same whenever the same goes wrong, in any version
 * @param line how it stood in the log the first time
 * @param count how often it stood there
 */
public record Signal(Kind kind, String fingerprint, String line, long count) {

  /** What goes wrong with a process. */
  public enum Kind {
    /** A thread of a Rust program panicked. */
    PANIC("panic"),
    /** The process ended by itself, and not well. */
    EXIT("exit"),
    /** The process took more memory than it may. */
    OUT_OF_MEMORY("out of memory");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** In words. */
    public String label() {
      return label;
    }
  }

  boolean isSameAs(Signal other) {
    return kind == other.kind && fingerprint.equals(other.fingerprint);
  }

  Signal again(Signal other) {
    return new Signal(kind, fingerprint, line, count + other.count);
  }
}
