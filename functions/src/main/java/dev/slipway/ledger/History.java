package dev.slipway.ledger;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import java.util.List;

/** Reads the ledger for people. */
public interface History {

  /** The latest releases, newest first. */
  List<Release> releases(int limit);

  /** Every event of a release, oldest first. */
  List<Recorded> events(ReleaseId id);

  /** Every service, by name. */
  List<ServiceRecord> services();
}
