package dev.slipway.console.ask;

/** The port to the logs of builds, also while they run. */
public interface Logs {

  /**
   * A part of a log.
   *
   * @param from the byte to begin at; below zero counts from the end
   * @param most so many bytes at most
   */
  Log read(String buildId, long from, int most);
}
