package dev.slipway.ledger;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;

/** Reads the ledger for people. */
public interface History {

  /** The latest releases, newest first. */
  List<Release> releases(int limit);

  /**
   * A page of releases, newest first.
   *
   * @param service only those of this service
   * @param before only those that began before this one
   */
  List<Release> releases(Optional<ServiceName> service, Optional<ReleaseId> before, int limit);

  /** Every event of a release, oldest first. */
  List<Recorded> events(ReleaseId id);

  /** Every service, by name. */
  List<ServiceRecord> services();

  /** One service; empty when nothing is known of it. */
  Optional<ServiceRecord> service(ServiceName name);
}
