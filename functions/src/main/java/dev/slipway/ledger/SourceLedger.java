package dev.slipway.ledger;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import java.util.Optional;

/** The ledger of another environment, which is read and never written. */
public interface SourceLedger {

  /** A release as that ledger has it; empty when it has none of that id. */
  Optional<Release> release(ReleaseId id);
}
