package dev.slipway.ledger;

import java.util.function.Consumer;

/** Tells when releases move, as the ledger hears of it. */
public interface Watch {

  /**
   * Begins to watch; what moved before is not told, and of moves in quick succession only the last
   * may be.
   *
   * @param moved called for each move, by a thread of the watch's
   * @param lost called when nothing more will come
   * @return ends the watching
   */
  Runnable watch(Consumer<Moved> moved, Runnable lost);
}
