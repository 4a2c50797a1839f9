package dev.slipway.pipeline;

import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.View;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Upload;
import dev.slipway.source.Inspection;
import dev.slipway.source.Sources;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns an upload into releases. */
public final class Intake {

  /** A rival writes the same service at the same time only so often. */
  private static final int ATTEMPTS = 20;

  private final Catalog catalog;
  private final Door door;
  private final Journal journal;
  private final Advance advance;

  /**
   * Where uploads come in.
   *
   * @param sources what looks into them
   * @param promotions what answers those that are no archives
   */
  public record Door(Sources sources, Promotions promotions) {}

  public Intake(Catalog catalog, Door door, Journal journal, Advance advance) {
    this.catalog = catalog;
    this.door = door;
    this.journal = journal;
    this.advance = advance;
  }

  /**
   * Takes the upload in and advances what it became; one taken in before is only advanced.
   *
   * @throws RuntimeException when a retry can help
   */
  public void receive(Upload upload) {
    List<ReleaseId> known = catalog.of(upload);
    List<ReleaseId> releases = known.isEmpty() ? inspect(upload) : known;
    releases.forEach(advance::advance);
    overtake(releases);
  }

  /** Older releases of the same services learn at once that there is a newer one. */
  private void overtake(List<ReleaseId> newer) {
    Set<ServiceName> services =
        newer.stream().map(ReleaseId::service).collect(Collectors.toSet());
    catalog.active().stream()
        .filter(id -> services.contains(id.service()) && !newer.contains(id))
        .forEach(advance::advance);
  }

  private List<ReleaseId> inspect(Upload upload) {
    return switch (door.sources().inspect(upload)) {
      case Inspection.Accepted a ->
          a.crates().stream()
              .map(
                  crate ->
                      begin(
                          upload,
                          crate.service(),
                          new ReleaseEvent.Received(a.source(), crate, a.warnings())))
              .toList();
      case Inspection.Asked a ->
          List.of(
              begin(
                  upload,
                  a.promotion().release().service(),
                  door.promotions().answer(upload, a)));
      case Inspection.Refused r ->
          List.of(
              begin(
                  upload,
                  r.service(),
                  new ReleaseEvent.Rejected(upload, r.bytes(), r.findings())));
      case Inspection.Gone g -> List.of();
    };
  }

  private ReleaseId begin(Upload upload, ServiceName service, ReleaseEvent event) {
    ReleaseId id = ReleaseId.of(service, upload);
    for (int i = 0; i < ATTEMPTS; i++) {
      View view = journal.view(id);
      if (view.release().isPresent() || journal.begin(view, event, Advance.SLIPWAY)) {
        return id;
      }
    }
    throw new ContendedException(
        "Tried to write release %s into the ledger but service %s kept changing. The event comes again."
            .formatted(id, service));
  }
}
