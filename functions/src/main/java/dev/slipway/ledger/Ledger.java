package dev.slipway.ledger;

import dev.slipway.release.Change;
import dev.slipway.release.ReleaseId;

/** Where the truth about releases is kept: read, decide, and write if nothing has changed since. */
public interface Ledger {

  /** Reads a release with what decisions about it need. */
  View view(ReleaseId id);

  /**
   * Writes a change: every release, every event and the service, or nothing.
   *
   * @return false when the ledger has changed since {@code basis} was read: view again, decide
   *     again
   */
  boolean commit(View basis, Change change);
}
