package dev.slipway;

import dev.slipway.console.Ask;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;

/** Lets the console read the ledger: neither knows the other. */
record LedgerReader(Ledger ledger, History history) implements Ask {

  @Override
  public List<ServiceRecord> services() {
    return history.services();
  }

  @Override
  public List<Release> releases(int limit) {
    return history.releases(limit);
  }

  @Override
  public Optional<Whole> release(ReleaseId id) {
    return ledger.view(id).release().map(release -> new Whole(release, events(id)));
  }

  private List<Event> events(ReleaseId id) {
    return history.events(id).stream()
        .map(r -> new Event(r.sequence(), r.at(), r.actor(), r.event()))
        .toList();
  }
}
