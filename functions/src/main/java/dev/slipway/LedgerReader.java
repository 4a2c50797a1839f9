package dev.slipway;

import dev.slipway.console.ask.Ask;
import dev.slipway.console.ask.Event;
import dev.slipway.console.ask.Selection;
import dev.slipway.console.ask.Whole;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.View;
import dev.slipway.reading.Meanwhile;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
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
  public Optional<ServiceRecord> service(ServiceName name) {
    return history.service(name);
  }

  @Override
  public List<Release> releases(Selection selection) {
    return history.releases(selection.service(), selection.before(), selection.limit());
  }

  @Override
  public Optional<Whole> release(ReleaseId id) {
    Meanwhile<List<Event>> events = Meanwhile.read(() -> events(id));
    View view = ledger.view(id);
    return view.release()
        .map(
            release ->
                new Whole(
                    release, view.service(), List.copyOf(view.others().values()), events.get()));
  }

  private List<Event> events(ReleaseId id) {
    return history.events(id).stream()
        .map(r -> new Event(r.sequence(), r.at(), r.actor(), r.event()))
        .toList();
  }
}
