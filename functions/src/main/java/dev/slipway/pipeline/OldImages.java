package dev.slipway.pipeline;

import dev.slipway.build.ImageVersions;
import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.View;
import dev.slipway.release.Cleanup;
import dev.slipway.release.ImageCleanup;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.rollout.Revisions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Deletes old images of a service. The registry is read first, then every region, then the ledger:
 * so a release that begins to need an image meanwhile shows in what is read later.
 */
public final class OldImages {

  private static final Logger LOG = System.getLogger(OldImages.class.getName());

  /** In one tick. */
  private static final int MAX_DELETED = 10;

  private final Books books;
  private final Platform platform;
  private final Cleanup policy;
  private final Clock clock;

  /** What is known of releases. */
  public record Books(Catalog catalog, Journal journal) {}

  /**
   * Where images are, and who runs them.
   *
   * @param regions every region's revisions
   */
  public record Platform(ImageVersions images, List<Revisions> regions) {

    public Platform {
      regions = List.copyOf(regions);
    }
  }

  public OldImages(Books books, Platform platform, Cleanup policy, Clock clock) {
    this.books = books;
    this.platform = platform;
    this.policy = policy;
    this.clock = clock;
  }

  /** Tidies up after a release. */
  public void tidy(ReleaseId ended) {
    ServiceName service = ended.service();
    ImageCleanup cleanup = new ImageCleanup(service, policy, clock.instant());
    List<ImageCleanup.Pushed> all = platform.images().list(service);
    if (all.size() <= policy.keepRevisions()) {
      return;
    }
    List<Cleanup.Kept> revisions =
        platform.regions().stream().flatMap(region -> region.list(service).stream()).toList();
    cleanup.unused(all, new ImageCleanup.Use(revisions, needed(ended))).stream()
        .filter(image -> cleanup.isForgotten(image, known(cleanup.releases(image))))
        .limit(MAX_DELETED)
        .forEach(image -> delete(service, image));
  }

  /** Those that are live, can be gone back to, are rolled out, or are on their way to it. */
  private List<Release> needed(ReleaseId ended) {
    View view = books.journal().view(ended);
    Stream<Release> active =
        Stream.concat(books.catalog().active().stream(), view.service().newest().stream())
            .filter(id -> id.service().equals(ended.service()))
            .flatMap(id -> books.journal().view(id).release().stream());
    return Stream.of(
            view.others().values().stream(),
            view.release().stream().filter(release -> isNamed(view, release)),
            active)
        .flatMap(releases -> releases)
        .toList();
  }

  private static boolean isNamed(View view, Release release) {
    return Stream.of(view.service().live(), view.service().previous(), view.service().slot())
        .anyMatch(named -> named.filter(release.id()::equals).isPresent());
  }

  private Map<ReleaseId, Release> known(List<ReleaseId> ids) {
    Map<ReleaseId, Release> known = new HashMap<>();
    ids.forEach(
        id -> books.journal().view(id).release().ifPresent(release -> known.put(id, release)));
    return known;
  }

  private void delete(ServiceName service, ImageCleanup.Pushed image) {
    boolean deleted = platform.images().delete(service, image);
    LOG.log(
        Level.INFO,
        deleted ? "deleted the old image {0} of {1}" : "the registry keeps the old image {0} of {1}",
        image.tags(),
        service);
  }
}
