package dev.slipway.cli.simulate;

import dev.slipway.release.Cleanup;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState.Target;
import dev.slipway.release.Traffic;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One service as Cloud Run holds it: its revisions, its traffic, and an etag for each change. */
final class SimulatedService {

  /** What a service has that was only just made. */
  static final String FIRST_ETAG = "etag-1";

  private long version = 1;
  private long epoch;
  private List<Target> traffic = List.of();
  private final Map<String, String> images = new LinkedHashMap<>();
  private final Map<String, Instant> madeAt = new LinkedHashMap<>();

  String etag() {
    return "etag-" + version;
  }

  long epoch() {
    return epoch;
  }

  List<Target> traffic() {
    return traffic;
  }

  /** The names of its revisions. */
  Set<String> revisions() {
    return images.keySet();
  }

  List<Cleanup.Kept> kept() {
    return images.entrySet().stream()
        .map(
            made ->
                new Cleanup.Kept(
                    made.getKey(),
                    madeAt.getOrDefault(made.getKey(), Instant.EPOCH),
                    List.of(made.getValue())))
        .toList();
  }

  /** Percent by revision, of those that have any. */
  Map<String, Integer> split() {
    Map<String, Integer> split = new LinkedHashMap<>();
    traffic.forEach(t -> split.merge(t.revision(), t.percent(), Integer::sum));
    split.values().removeIf(percent -> percent == 0);
    return split;
  }

  /** Makes a revision, unless it is there; its name is taken for good. */
  void make(String revision, String image, Instant now) {
    String before = images.putIfAbsent(revision, image);
    madeAt.putIfAbsent(revision, now);
    if (before != null && !before.equals(image)) {
      throw new IllegalStateException("409: revision exists with another image");
    }
  }

  void lose(String revision) {
    images.remove(revision);
  }

  /** Whether its traffic names a revision, be it by a tag alone. */
  boolean names(String revision) {
    return traffic.stream().anyMatch(t -> t.revision().equals(revision));
  }

  void spread(Traffic asked) {
    traffic =
        Stream.concat(
                asked.shares().stream().map(s -> target(s.revision(), s.percent())),
                asked.tagged().stream()
                    .map(r -> new Target(r, 0, Optional.of(ServiceName.TAG), Optional.empty())))
            .toList();
    epoch = asked.epoch();
    version++;
  }

  /** All traffic to one revision, and nothing said of any epoch. */
  void pin(String revision) {
    traffic = List.of(target(revision, 100));
    version++;
  }

  /** A change of something else. */
  void touch() {
    version++;
  }

  private static Target target(String revision, int percent) {
    return new Target(revision, percent, Optional.empty(), Optional.empty());
  }

  /** Its traffic, {@code revision=percent}, a blank between; what is only tagged is left out. */
  @Override
  public String toString() {
    return traffic.stream()
        .filter(t -> t.tag().isEmpty())
        .map(t -> t.revision() + "=" + t.percent())
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
