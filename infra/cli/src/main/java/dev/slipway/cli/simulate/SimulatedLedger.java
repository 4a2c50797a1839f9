package dev.slipway.cli.simulate;

import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Outbox;
import dev.slipway.ledger.Recorded;
import dev.slipway.ledger.View;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Upload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The ledger in memory, with its compare-and-set. */
final class SimulatedLedger implements Ledger, Catalog, History, Outbox {

  private final Boundary boundary;
  final Map<ReleaseId, Release> releases = new LinkedHashMap<>();
  final Map<ServiceName, ServiceRecord> services = new HashMap<>();
  final List<Change.Entry> entries = new ArrayList<>();
  final List<Release> published = new ArrayList<>();

  /** What a rival does between a reading and the commit based on it. */
  Runnable beforeCommit = () -> {};

  /** How many commits are refused as if a rival had been first. */
  int aborts;

  /** How many commits were written. */
  int commits;

  /** Who hears of what is published. */
  Consumer<Release> listener = release -> {};

  /** Whether commits are written whatever they rest on. */
  boolean careless;

  /** Whether nothing can be written. */
  boolean down;

  SimulatedLedger(Boundary boundary) {
    this.boundary = boundary;
  }

  private record Stamp(Map<ReleaseId, Long> sequences, ServiceRecord service) {}

  @Override
  public View view(ReleaseId id) {
    boundary.look("read ledger");
    ServiceRecord service =
        services.getOrDefault(id.service(), ServiceRecord.unknown(id.service()));
    Map<ReleaseId, Release> others = new HashMap<>();
    Stream.of(service.live(), service.previous(), service.slot())
        .flatMap(Optional::stream)
        .filter(other -> !other.equals(id) && releases.containsKey(other))
        .forEach(other -> others.put(other, releases.get(other)));
    Map<ReleaseId, Long> sequences = new HashMap<>();
    others.values().forEach(other -> sequences.put(other.id(), other.sequence()));
    Optional<Release> release = Optional.ofNullable(releases.get(id));
    sequences.put(id, release.map(Release::sequence).orElse(0L));
    return new View(id, release, service, others, new Stamp(sequences, service));
  }

  @Override
  public boolean commit(View basis, Change change) {
    if (down) {
      throw new IllegalStateException("UNAVAILABLE: the ledger is down");
    }
    if (aborts > 0) {
      aborts--;
      return false;
    }
    Runnable rival = beforeCommit;
    beforeCommit = () -> {};
    rival.run();
    return boundary.effect("commit", () -> compareAndSet((Stamp) basis.stamp(), change));
  }

  private boolean compareAndSet(Stamp stamp, Change change) {
    ServiceName name = change.service().name();
    boolean current =
        careless
            || (services.getOrDefault(name, ServiceRecord.unknown(name)).equals(stamp.service())
                && change.entries().stream().allMatch(e -> isNext(stamp, e)));
    if (current) {
      change.entries().forEach(e -> releases.put(e.release(), e.after()));
      entries.addAll(change.entries());
      services.put(name, change.service());
      commits++;
    }
    return current;
  }

  private boolean isNext(Stamp stamp, Change.Entry entry) {
    Release now = releases.get(entry.release());
    long sequence = now == null ? 0 : now.sequence();
    return sequence == stamp.sequences().getOrDefault(entry.release(), 0L) && entry.sequence() == sequence + 1;
  }

  @Override
  public List<ReleaseId> active() {
    return releases.values().stream().filter(Release::isActive).map(Release::id).toList();
  }

  @Override
  public Optional<Release> longestResting() {
    return releases.values().stream()
        .filter(Release::isActive)
        .min(Comparator.comparing(Release::since));
  }

  @Override
  public List<ReleaseId> of(Upload upload) {
    return releases.values().stream()
        .filter(r -> r.upload().equals(upload))
        .map(Release::id)
        .toList();
  }

  @Override
  public List<Upload> unseen(List<Upload> uploads) {
    return uploads.stream().filter(upload -> of(upload).isEmpty()).toList();
  }

  @Override
  public List<Release> movedSince(Instant time) {
    return releases.values().stream().filter(r -> r.since().isAfter(time)).toList();
  }

  @Override
  public void publish(Release release) {
    boundary.effect(
        "publish",
        () -> {
          listener.accept(release);
          return published.add(release);
        });
  }

  /** The latest event of a release that was published. */
  long heard(ReleaseId id) {
    return published.stream()
        .filter(r -> r.id().equals(id))
        .mapToLong(Release::sequence)
        .max()
        .orElse(0);
  }

  @Override
  public List<Recorded> events(ReleaseId id) {
    boundary.look("read events");
    return entries.stream()
        .filter(e -> e.release().equals(id))
        .map(e -> new Recorded(id, e.sequence(), e.at(), e.actor(), e.event()))
        .toList();
  }

  @Override
  public List<Release> releases(int limit) {
    return releases(Optional.empty(), Optional.empty(), limit);
  }

  @Override
  public List<Release> releases(
      Optional<ServiceName> service, Optional<ReleaseId> before, int limit) {
    throw new UnsupportedOperationException("nobody looks while a simulation runs");
  }

  @Override
  public List<ServiceRecord> services() {
    return List.copyOf(services.values());
  }

  @Override
  public Optional<ServiceRecord> service(ServiceName name) {
    return Optional.ofNullable(services.get(name));
  }
}
