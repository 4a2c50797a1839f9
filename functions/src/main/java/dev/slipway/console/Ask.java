package dev.slipway.console;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The port to what the console shows: the ledger, read-only. */
public interface Ask {

  List<ServiceRecord> services();

  /** The latest releases, newest first. */
  List<Release> releases(int limit);

  /** One release with its events; empty when there is none of that id. */
  Optional<Whole> release(ReleaseId id);

  /** A release with every event of its, oldest first. */
  record Whole(Release release, List<Event> events) {}

  /** One event, as the audit trail has it. */
  record Event(long sequence, Instant at, String actor, ReleaseEvent event) {}
}
