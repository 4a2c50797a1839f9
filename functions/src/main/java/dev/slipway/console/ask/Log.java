package dev.slipway.console.ask;

/**
 * A part of a build's log.
 *
 * @param from the byte of the log it begins at
 * @param next the byte to ask for next: after what is there so far
 * @param text what stands between; bytes that are no UTF-8 are replaced
 */
public record Log(long from, long next, String text) {

  /** Of a build that has printed nothing, or whose log cannot be read. */
  public static final Log EMPTY = new Log(0, 0, "");
}
