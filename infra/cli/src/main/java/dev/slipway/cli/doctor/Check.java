package dev.slipway.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param name what, such as {@code bucket P-uploads}
 * @param found what was found there, or why it could not be looked at
 * @param remedy a command to paste, or what to do; empty where nothing need be done
 */
public record Check(String name, Verdict verdict, String found, String remedy) {

  /** What is thought of it. */
  public enum Verdict {
    OK,
    /** It works, and will hurt one day. */
    WARN,
    /** Something will not work. */
    FAIL,
    /** It was not looked at. */
    SKIPPED
  }

  static Check ok(String name, String found) {
    return new Check(name, Verdict.OK, found, "");
  }

  static Check warn(String name, String found, String remedy) {
    return new Check(name, Verdict.WARN, found, remedy);
  }

  static Check fail(String name, String found, String remedy) {
    return new Check(name, Verdict.FAIL, found, remedy);
  }

  static Check skipped(String name, String reason, String remedy) {
    return new Check(name, Verdict.SKIPPED, reason, remedy);
  }
}
