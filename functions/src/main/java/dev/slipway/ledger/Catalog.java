package dev.slipway.ledger;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds releases in the ledger. */
public interface Catalog {

  /** Every release that still has to be moved. */
  List<ReleaseId> active();

  /** Of those that still have to be moved, the one that last moved longest ago. */
  Optional<Release> longestResting();

  /** The releases that moved since {@code time}. */
  List<Release> movedSince(Instant time);

  /** Those of {@code uploads} the ledger has not seen. */
  List<Upload> unseen(List<Upload> uploads);

  /** The releases an upload became; empty when the ledger has not seen it. */
  List<ReleaseId> of(Upload upload);
}
