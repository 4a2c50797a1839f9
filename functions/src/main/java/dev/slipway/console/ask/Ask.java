package dev.slipway.console.ask;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;

/** The port to what the console shows of the ledger, read-only. */
public interface Ask {

  /** Every service, by name. */
  List<ServiceRecord> services();

  /** One service; empty when the ledger knows none of that name. */
  Optional<ServiceRecord> service(ServiceName name);

  /** Releases, newest first. */
  List<Release> releases(Selection selection);

  /** One release with its events; empty when there is none of that id. */
  Optional<Whole> release(ReleaseId id);
}
