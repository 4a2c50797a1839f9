package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a service can be thrown away.
 *
 * @param keepRevisions so many of a service's newest revisions stay in any case
 * @param keepFor so long every revision stays in any case
 */
public record Cleanup(
    @Setting(
            value =
                "so many of a service's newest revisions, and of its images, stay in any case; what"
                    + " serves, is tagged by a person, is live or can be rolled back to stays besides",
            min = 1,
            max = 900)
        int keepRevisions,
    @Setting(
            "so long every revision stays in any case, and every image, from when its release was"
                + " last heard of")
        Duration keepFor) {

  /** The newest 20, and a week. */
  public static final Cleanup DEFAULT = new Cleanup(20, Duration.ofDays(7));

  public Cleanup {
    Positive.require("keepFor", keepFor);
  }

  /**
   * A revision, as a thing that is kept.
   *
   * @param images what its containers run, {@code NAME@sha256:...} or {@code NAME:TAG}
   */
  public record Kept(String name, Instant madeAt, List<String> images) {

    public Kept {
      images = List.copyOf(images);
    }
  }

  /**
   * The revisions that can go, oldest first: only ones Slipway made, by their names.
   *
   * @param state the service, read after the revisions were listed
   */
  public List<String> removable(
      ServiceRecord service, ServiceState state, List<Kept> revisions, Instant now) {
    Set<String> needed = needed(service, state);
    Comparator<Kept> age = Comparator.comparing(Kept::madeAt).thenComparing(Kept::name);
    List<Kept> ours =
        revisions.stream()
            .filter(revision -> isOurs(service.name(), revision.name()))
            .sorted(age.reversed())
            .toList();
    return ours.stream()
        .skip(keepRevisions)
        .filter(revision -> revision.madeAt().plus(keepFor).isBefore(now))
        .filter(revision -> !needed.contains(revision.name()))
        .sorted(age)
        .map(Kept::name)
        .toList();
  }

  /** In traffic or tagged, by whomever; live, what it goes back to, or on its way. */
  private static Set<String> needed(ServiceRecord service, ServiceState state) {
    Set<String> needed = new HashSet<>();
    Stream.concat(state.traffic().stream(), state.serving().stream())
        .forEach(target -> needed.add(target.revision()));
    Stream.of(service.live(), service.previous(), service.slot(), service.newest())
        .flatMap(Optional::stream)
        .forEach(release -> needed.add(release.revision()));
    return needed;
  }

  private static boolean isOurs(ServiceName service, String revision) {
    try {
      return ReleaseId.parse(revision).service().equals(service);
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }

  /**
   * The traffic without a tag that a candidate left behind, where one did: a rollback of what had no
   * traffic changes no share, and so leaves it.
   */
  public static Optional<Traffic> withoutStaleTag(ServiceRecord service, ServiceState state) {
    boolean tagged =
        state.traffic().stream()
            .anyMatch(target -> target.tag().equals(Optional.of(ServiceName.TAG)));
    List<Traffic.Share> shares = Traffic.sharesOf(state);
    boolean whole = shares.stream().mapToInt(Traffic.Share::percent).sum() == 100;
    return tagged && whole && service.slot().isEmpty() && state.settled()
        ? Optional.of(new Traffic(shares, Optional.empty(), state.epoch()))
        : Optional.empty();
  }
}
