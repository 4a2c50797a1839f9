package dev.slipway.notify;

import java.time.Instant;

/** The port to where it is kept which requests were taken, so that none is taken twice. */
public interface Receipts {

  /**
   * Takes a request down.
   *
   * @param key names the request; nothing secret
   * @param until when it may be forgotten
   * @return false when it was taken before
   */
  boolean first(String key, Instant until);
}
