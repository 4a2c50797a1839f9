package dev.slipway.build;

/** The port to parts of logs, also of builds that still run. */
public interface LogParts {

  /**
   * A part of a log.
   *
   * @param from the byte it begins at
   * @param next the byte after it
   */
  record Part(long from, long next, String text) {}

  /**
   * Reads a part, of whole lines and with secrets masked; an empty one when there is no log, or
   * nothing there yet.
   *
   * @param from the byte to begin at; below zero counts from the end
   * @param most so many bytes at most
   * @throws RuntimeException when the storage cannot be reached: a retry can help
   */
  Part read(String buildId, long from, int most);
}
