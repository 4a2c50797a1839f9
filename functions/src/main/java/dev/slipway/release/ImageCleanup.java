package dev.slipway.release;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which images of a service can be thrown away: an image goes after every revision made of it, and
 * only if each name it has is a release's that is long settled.
 *
 * @param policy how many, and for how long, stay in any case: as of revisions
 */
public record ImageCleanup(ServiceName service, Cleanup policy, Instant now) {

  /**
   * An image, as a thing that is kept.
   *
   * @param digest {@code sha256:...}
   * @param tags every name it has; a build gives it its release's id
   * @param pushedAt when it came to the registry
   */
  public record Pushed(String digest, List<String> tags, Instant pushedAt) {

    public Pushed {
      tags = List.copyOf(tags);
    }

    private boolean isIn(Set<String> references) {
      return references.contains(digest) || tags.stream().anyMatch(references::contains);
    }
  }

  /**
   * What runs or will be asked to.
   *
   * @param revisions every revision of the service there is, in every region
   * @param releases the releases that are live, that can be gone back to or that are on their way
   */
  public record Use(List<Cleanup.Kept> revisions, Collection<Release> releases) {

    private Set<String> references() {
      Set<String> all = new HashSet<>();
      revisions.stream()
          .flatMap(revision -> revision.images().stream())
          .map(ImageCleanup::digestOrTag)
          .forEach(all::add);
      for (Release release : releases) {
        all.add(release.id().toString());
        release.image().map(Image::digest).ifPresent(all::add);
      }
      return all;
    }
  }

  /**
   * The images nothing needs as far as platforms show, oldest first; what the ledger says of the
   * releases they are named after is still to be asked: {@link #isForgotten}.
   *
   * @param all read before what is in {@code use}
   */
  public List<Pushed> unused(List<Pushed> all, Use use) {
    Set<String> references = use.references();
    Comparator<Pushed> age = Comparator.comparing(Pushed::pushedAt).thenComparing(Pushed::digest);
    return all.stream()
        .filter(image -> !releases(image).isEmpty())
        .sorted(age.reversed())
        .skip(policy.keepRevisions())
        .filter(image -> isOld(image.pushedAt()))
        .filter(image -> !image.isIn(references))
        .sorted(age)
        .toList();
  }

  /** The releases an image is named after; none where any of its names is a person's, or it has none. */
  public List<ReleaseId> releases(Pushed image) {
    List<Optional<ReleaseId>> named = image.tags().stream().map(this::release).toList();
    return named.stream().allMatch(Optional::isPresent)
        ? named.stream().flatMap(Optional::stream).toList()
        : List.of();
  }

  /**
   * Whether every release the image is named after is known, settled, and has been for as long as the
   * policy says: what was live until yesterday stays, however old it is.
   */
  public boolean isForgotten(Pushed image, Map<ReleaseId, Release> known) {
    return releases(image).stream()
        .allMatch(id -> Optional.ofNullable(known.get(id)).filter(this::isOver).isPresent());
  }

  private boolean isOver(Release release) {
    return !release.isActive()
        && !(release.stage() instanceof Stage.Live)
        && isOld(release.since());
  }

  private boolean isOld(Instant time) {
    return time.plus(policy.keepFor()).isBefore(now);
  }

  private Optional<ReleaseId> release(String tag) {
    try {
      return Optional.of(ReleaseId.parse(tag)).filter(id -> id.service().equals(service));
    } catch (IllegalArgumentException persons) {
      return Optional.empty();
    }
  }

  /** What follows the name: {@code sha256:...}, a tag, or what a reference without either means. */
  private static String digestOrTag(String reference) {
    int at = reference.indexOf('@');
    if (at >= 0) {
      return reference.substring(at + 1);
    }
    int colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/') ? reference.substring(colon + 1) : "latest";
  }
}
