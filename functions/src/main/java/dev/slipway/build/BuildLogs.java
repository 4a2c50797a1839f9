package dev.slipway.build;

/** The port to what builds wrote while they ran. */
public interface BuildLogs {

  /**
   * The end of a build's log, {@code ""} when there is none to read.
   *
   * @throws RuntimeException when the storage cannot be reached: a retry can help
   */
  String tail(String buildId);
}
