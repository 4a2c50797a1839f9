package dev.slipway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger knows of one service.
 *
 * @param live the release that serves all traffic, as far as Slipway brought it there
 * @param previous the one that was live before it: where a rollback goes
 * @param slot the release whose rollout is under way; one at a time
 * @param epoch fencing epoch of the latest rollout; each takes the next
 * @param newest the release of the newest upload
 * @param newestGeneration that upload's generation, by which uploads are ordered
 * @param sizes image sizes of the latest builds, oldest first, at most {@link #SIZES_KEPT}
 * @param hold who wants no rollout of it to begin, and why
 * @param builds the releases that are to be built or are being built, in the order they came
 */
public record ServiceRecord(
    ServiceName name,
    Optional<ReleaseId> live,
    Optional<ReleaseId> previous,
    Optional<ReleaseId> slot,
    long epoch,
    Optional<ReleaseId> newest,
    long newestGeneration,
    List<Size> sizes,
    Optional<Vote> hold,
    List<ReleaseId> builds) {

  public static final int SIZES_KEPT = 50;

  @SuppressWarnings("NullAway") // a service written before builds had their turn has none
  public ServiceRecord {
    sizes = List.copyOf(sizes);
    builds = builds == null ? List.of() : List.copyOf(builds);
  }

  /** A service of which nothing is being built. */
  public ServiceRecord(
      ServiceName name,
      Optional<ReleaseId> live,
      Optional<ReleaseId> previous,
      Optional<ReleaseId> slot,
      long epoch,
      Optional<ReleaseId> newest,
      long newestGeneration,
      List<Size> sizes,
      Optional<Vote> hold) {
    this(name, live, previous, slot, epoch, newest, newestGeneration, sizes, hold, List.of());
  }

  /** The image size of one release. */
  public record Size(ReleaseId release, long compressedBytes, Instant at) {}

  /** A service nothing is known of yet. */
  public static ServiceRecord unknown(ServiceName name) {
    return new ServiceRecord(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        List.of(),
        Optional.empty());
  }

  /** The epoch the next rollout or rollback takes. */
  public long nextEpoch() {
    return epoch + 1;
  }

  /** The release whose build comes just before that one's; empty where none does. */
  public Optional<ReleaseId> builtBefore(ReleaseId release) {
    int place = builds.indexOf(release);
    return place > 0 ? Optional.of(builds.get(place - 1)) : Optional.empty();
  }

  /** The service once {@code after} is what became of a release of it through {@code event}. */
  public ServiceRecord on(ReleaseEvent event, Release after, Instant at) {
    return moved(event, after, at).building(after);
  }

  /** Whoever is to be built stands in line, from its first event until it is built or ends. */
  private ServiceRecord building(Release release) {
    boolean inLine = release.isBeingBuilt();
    if (inLine == builds.contains(release.id())) {
      return this;
    }
    List<ReleaseId> line = new ArrayList<>(builds);
    if (inLine) {
      line.add(release.id());
    } else {
      line.remove(release.id());
    }
    return new ServiceRecord(
        name, live, previous, slot, epoch, newest, newestGeneration, sizes, hold, line);
  }

  private ServiceRecord moved(ReleaseEvent event, Release after, Instant at) {
    return switch (event) {
      case ReleaseEvent.Received e -> received(after);
      case ReleaseEvent.TriedAgain e -> received(after);
      case ReleaseEvent.PromotionReceived e -> received(after);
      case ReleaseEvent.BuildSucceeded e -> measured(after.id(), e.image(), at);
      case ReleaseEvent.ImageCopied e -> measured(after.id(), e.image(), at);
      case ReleaseEvent.RolloutStarted e ->
          with(live, previous, Optional.of(after.id()), e.rollout().epoch());
      case ReleaseEvent.RegionEntered e -> with(live, previous, slot, e.epoch());
      case ReleaseEvent.Promoted e ->
          with(Optional.of(after.id()), live, Optional.empty(), epoch);
      case ReleaseEvent.RollbackStarted e ->
          with(live, previous, Optional.of(after.id()), e.epoch())
              .heldBy(
                  e.by()
                      .filter(person -> live.equals(Optional.of(after.id())))
                      .map(person -> new Vote(person, "rolled " + after.id() + " back", at))
                      .or(() -> hold));
      case ReleaseEvent.HoldPlaced e -> heldBy(Optional.of(new Vote(e.by(), e.reason(), at)));
      case ReleaseEvent.HoldLifted e -> heldBy(Optional.empty());
      case ReleaseEvent.RolledBack e when live.equals(Optional.of(after.id())) ->
          with(previous, Optional.empty(), Optional.empty(), epoch);
      case ReleaseEvent.Failed e when live.equals(Optional.of(after.id())) ->
          with(Optional.empty(), Optional.empty(), Optional.empty(), epoch);
      default -> after.isActive() ? this : released(after.id());
    };
  }

  private ServiceRecord received(Release release) {
    long generation = release.upload().generation();
    // Another try takes the place of the one before; of two uploads, the later one counts.
    boolean newer =
        generation > newestGeneration
            || (newest.isPresent() && newest.equals(release.journey().retryOf()));
    return newer
        ? new ServiceRecord(
            name, live, previous, slot, epoch, Optional.of(release.id()), generation, sizes, hold,
            builds)
        : this;
  }

  private ServiceRecord measured(ReleaseId release, Image image, Instant at) {
    List<Size> all = new ArrayList<>(sizes);
    all.add(new Size(release, image.compressedBytes(), at));
    return new ServiceRecord(
        name,
        live,
        previous,
        slot,
        epoch,
        newest,
        newestGeneration,
        all.subList(Math.max(0, all.size() - SIZES_KEPT), all.size()),
        hold,
        builds);
  }

  private ServiceRecord released(ReleaseId release) {
    return slot.equals(Optional.of(release)) ? with(live, previous, Optional.empty(), epoch) : this;
  }

  private ServiceRecord with(
      Optional<ReleaseId> newLive,
      Optional<ReleaseId> newPrevious,
      Optional<ReleaseId> newSlot,
      long newEpoch) {
    return new ServiceRecord(
        name, newLive, newPrevious, newSlot, newEpoch, newest, newestGeneration, sizes, hold,
        builds);
  }

  private ServiceRecord heldBy(Optional<Vote> person) {
    return new ServiceRecord(
        name, live, previous, slot, epoch, newest, newestGeneration, sizes, person, builds);
  }
}
