package dev.slipway.cli.scale;

import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Outbox;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A ledger in memory that counts what Firestore would bill: each document a reading returns (a query
 * that finds none counts as one), each document a commit writes.
 */
final class CountedLedger implements Ledger, Catalog, Outbox {

  final Map<ReleaseId, Release> releases = new HashMap<>();
  final Map<ReleaseId, Release> active = new LinkedHashMap<>();
  private final Map<ServiceName, ServiceRecord> services = new HashMap<>();
  private final Map<Upload, List<ReleaseId>> uploads = new HashMap<>();
  private final TreeMap<Instant, Set<ReleaseId>> moved = new TreeMap<>();

  private final Set<Upload> known = new HashSet<>();

  final Map<String, Long> reads = new TreeMap<>();
  long writes;
  long commits;
  long published;
  long events;

  private void read(String what, int documents) {
    reads.merge(what, (long) Math.max(1, documents), Long::sum);
  }

  @Override
  public View view(ReleaseId id) {
    ServiceRecord service = service(id.service());
    Map<ReleaseId, Release> others = new HashMap<>();
    Stream.of(service.live(), service.previous(), service.slot())
        .flatMap(Optional::stream)
        .filter(other -> !other.equals(id))
        .forEach(other -> others.put(other, releases.get(other)));
    read("of a release, to move it", 2 + others.size());
    return new View(id, Optional.ofNullable(releases.get(id)), service, others, this);
  }

  private ServiceRecord service(ServiceName name) {
    return services.getOrDefault(name, ServiceRecord.unknown(name));
  }

  @Override
  public boolean commit(View basis, Change change) {
    for (Change.Entry entry : change.entries()) {
      put(entry.after());
      events++;
      writes += 2;
    }
    if (!change.service().equals(basis.service())) {
      services.put(basis.id().service(), change.service());
      writes++;
    }
    commits++;
    return true;
  }

  private void put(Release release) {
    Release before = releases.put(release.id(), release);
    if (before != null) {
      moved.getOrDefault(before.since(), new HashSet<>()).remove(release.id());
    }
    moved.computeIfAbsent(release.since(), at -> new HashSet<>()).add(release.id());
    if (release.isActive()) {
      active.put(release.id(), release);
    } else {
      active.remove(release.id());
    }
    if (before == null) {
      uploads.computeIfAbsent(release.upload(), upload -> new ArrayList<>()).add(release.id());
    }
  }

  @Override
  public List<ReleaseId> active() {
    read("of active releases, each tick", active.size());
    return List.copyOf(active.keySet());
  }

  @Override
  public Optional<Release> longestResting() {
    read("of the longest resting one, each tick", 1);
    return active.values().stream().min(Comparator.comparing(Release::since));
  }

  @Override
  public List<Release> movedSince(Instant time) {
    List<Release> found =
        moved.tailMap(time, false).values().stream()
            .flatMap(Set::stream)
            .map(id -> releases.get(id))
            .toList();
    read("of what moved within two hours, each tick", found.size());
    return found;
  }

  @Override
  public List<Upload> unseen(List<Upload> candidates) {
    List<Upload> unseen = candidates.stream().filter(u -> !uploads.containsKey(u)).toList();
    // A process remembers what it has found (FirestoreLedger); this one is never replaced.
    int asked = (int) candidates.stream().filter(known::add).count();
    if (asked > 0) {
      read("of uploads within two days, each tick", Math.max((asked + 29) / 30, asked - unseen.size()));
    }
    return unseen;
  }

  @Override
  public List<ReleaseId> of(Upload upload) {
    List<ReleaseId> found = uploads.getOrDefault(upload, List.of());
    read("of an upload's releases", found.size());
    return found;
  }

  @Override
  public void publish(Release release) {
    published++;
  }
}
