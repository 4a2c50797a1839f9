package dev.slipway.console.ask;

import dev.slipway.release.ReleaseId;
import java.util.function.Consumer;

/** The port that tells when releases move. */
public interface Moves {

  /**
   * One release moved.
   *
   * @param sequence number of its latest event
   * @param stage the stage it is in now
   */
  record Move(ReleaseId release, long sequence, String stage) {}

  /**
   * Begins to listen; what moved before is not told.
   *
   * @param moved called for each move, by a thread of the listener's
   * @param lost called when nothing more will come
   * @return closes the listening
   */
  Listening listen(Consumer<Move> moved, Runnable lost);

  /** A listening that can be ended. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }
}
