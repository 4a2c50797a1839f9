package dev.slipway.cli.simulate;

import dev.slipway.Ports;
import dev.slipway.audit.Advisories;
import dev.slipway.audit.Sboms;
import dev.slipway.build.BuildForecasts;
import dev.slipway.build.Copies;
import dev.slipway.build.ImageVersions;
import dev.slipway.build.LogParts;
import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Opinions;
import dev.slipway.ledger.Outbox;
import dev.slipway.ledger.Watch;
import dev.slipway.notify.Announcer;
import dev.slipway.notify.Dialogs;
import dev.slipway.notify.Notices;
import dev.slipway.notify.Receipts;
import dev.slipway.pipeline.Promotions;
import dev.slipway.release.Command;
import dev.slipway.release.Question;
import dev.slipway.release.StoredObject;
import dev.slipway.rollout.Logs;
import dev.slipway.rollout.Metrics;
import dev.slipway.rollout.Rehearsal;
import dev.slipway.rollout.Revisions;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.Smoke;
import dev.slipway.source.Locks;
import dev.slipway.source.Sources;
import dev.slipway.source.Uploads;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every port on platforms in memory. Those that only a page or a dialog needs are not there: nobody
 * looks while a simulation runs.
 */
record SimulatedPorts(
    SimulatedBucket bucket,
    Promotions.Upstream staging,
    SimulatedBuilds builds,
    SimulatedImages images,
    SimulatedJobs jobs,
    SimulatedRegions regional,
    SimulatedLedger books,
    SimulatedSlack slack)
    implements Ports {

  private static UnsupportedOperationException nobodyLooks() {
    return new UnsupportedOperationException("nobody looks while a simulation runs");
  }

  @Override
  public Sources sources() {
    return bucket;
  }

  @Override
  public Uploads uploads() {
    return bucket;
  }

  @Override
  public Locks locks() {
    return bucket;
  }

  @Override
  public Sboms sboms() {
    return (digest, json) -> new StoredObject("sources", "sboms/" + digest, 1);
  }

  @Override
  public Optional<Advisories> advisories() {
    return Optional.empty();
  }

  @Override
  public BuildForecasts forecasts() {
    throw nobodyLooks();
  }

  @Override
  public Copies copies() {
    return images;
  }

  @Override
  public Optional<Promotions.Upstream> upstream() {
    return Optional.of(staging);
  }

  @Override
  public Services services() {
    return regional.own().services();
  }

  @Override
  public ImageVersions imageVersions() {
    return images;
  }

  @Override
  public Revisions revisions(Optional<String> region) {
    return regional.named(region).services();
  }

  @Override
  public Smoke smoke() {
    return regional;
  }

  @Override
  public Metrics metrics() {
    return regional;
  }

  @Override
  public Logs logs() {
    return regional;
  }

  @Override
  public Ledger ledger() {
    return books;
  }

  @Override
  public Catalog catalog() {
    return books;
  }

  @Override
  public History history() {
    return books;
  }

  @Override
  public Outbox outbox() {
    return books;
  }

  @Override
  public Notices notices() {
    return slack;
  }

  @Override
  public Announcer announcer() {
    return slack;
  }

  @Override
  public Rehearsal rehearsal(Optional<String> region) {
    throw nobodyLooks();
  }

  @Override
  public LogParts logParts() {
    throw nobodyLooks();
  }

  @Override
  public Watch watch() {
    throw nobodyLooks();
  }

  @Override
  public Consumer<Command> commandDoor() {
    throw nobodyLooks();
  }

  @Override
  public Consumer<Question> questionDoor() {
    throw nobodyLooks();
  }

  @Override
  public Opinions opinions() {
    throw nobodyLooks();
  }

  @Override
  public Dialogs dialogs() {
    throw nobodyLooks();
  }

  @Override
  public Receipts receipts() {
    throw nobodyLooks();
  }
}
