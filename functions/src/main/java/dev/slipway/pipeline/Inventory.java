package dev.slipway.pipeline;

import dev.slipway.audit.Advisories;
import dev.slipway.audit.Sbom;
import dev.slipway.audit.Sboms;
import dev.slipway.build.Images;
import dev.slipway.release.AdvisoryReport;
import dev.slipway.release.BuildReport;
import dev.slipway.release.Changes;
import dev.slipway.release.Contents;
import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.Lock;
import dev.slipway.release.Release;
import dev.slipway.release.StoredObject;
import dev.slipway.source.Locks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out what is in an image: what changed, its bill of materials, what is known against it; and
 * whether the registry agrees on its size.
 *
 * <p>It is for people to know and keeps no release waiting: what cannot be found out is a gap in the
 * ledger, said as such.
 */
public final class Inventory {

  private static final Logger LOG = System.getLogger(Inventory.class.getName());

  /** The image's configuration and manifest, which a registry may count or not. */
  private static final long SLACK_BYTES = 16 << 10;

  private final Images images;
  private final Locks locks;
  private final Sboms sboms;
  private final Optional<Advisories> advisories;

  /**
   * Finds out through these.
   *
   * @param advisories empty where the team has no database: then nobody looks
   */
  public Inventory(
      Images images, Locks locks, Sboms sboms, Optional<Advisories> advisories) {
    this.images = images;
    this.locks = locks;
    this.sboms = sboms;
    this.advisories = advisories;
  }

  /**
   * What is looked into.
   *
   * @param serving the live release, to compare it with
   * @param report what its build said of itself
   */
  record Subject(Release release, Optional<Release> serving, Optional<BuildReport> report) {}

  Contents take(Subject subject, Image image) {
    return new Taking(subject, image).contents();
  }

  /** One look into one image. */
  private final class Taking {

    private final Subject subject;
    private final Image image;
    private final List<Finding> gaps = new ArrayList<>();

    Taking(Subject subject, Image image) {
      this.subject = subject;
      this.image = image;
    }

    Contents contents() {
      Optional<Lock> now = lock(subject.release());
      Optional<Lock> before = subject.serving().flatMap(this::lock);
      Optional<Changes> changes = now.flatMap(n -> before.flatMap(b -> changes(b, n)));
      Optional<StoredObject> sbom = now.flatMap(this::sbom);
      Optional<AdvisoryReport> report = now.flatMap(n -> report(n, before));
      compareSize();
      return new Contents(changes, growth(), sbom, report, gaps);
    }

    private void compareSize() {
      long measured = image.compressedBytes();
      attempt("registry-size", () -> images.stated(image))
          .filter(stated -> Math.abs(stated - measured) > SLACK_BYTES)
          .ifPresent(
              stated ->
                  gaps.add(
                      Finding.of(
                          "registry-size",
                          String.format(
                              Locale.ROOT,
                              "the image's layers add up to %,d bytes, but Artifact Registry says"
                                  + " %,d; the ledger has the former",
                              measured,
                              stated))));
    }

    private Optional<Lock> lock(Release release) {
      return attempt(
          "lock",
          () ->
              release
                  .source()
                  .flatMap(
                      source -> release.crate().map(crate -> locks.of(source).of(crate))));
    }

    private Optional<Changes> changes(Lock before, Lock now) {
      Release serving = subject.serving().orElseThrow();
      return serving
          .crate()
          .flatMap(
              old ->
                  subject.release()
                      .crate()
                      .map(
                          crate ->
                              Changes.between(
                                  serving.id(),
                                  side(old, serving.report(), before),
                                  side(crate, subject.report(), now))));
    }

    private static Changes.Side side(Crate crate, Optional<BuildReport> report, Lock lock) {
      return new Changes.Side(crate, report, lock);
    }

    private Optional<Contents.Growth> growth() {
      return subject.serving()
          .flatMap(
              live ->
                  live.image()
                      .map(
                          before ->
                              new Contents.Growth(
                                  live.id(), before.compressedBytes(), image.compressedBytes())));
    }

    private Optional<StoredObject> sbom(Lock lock) {
      return attempt(
          "sbom",
          () ->
              subject.release()
                  .crate()
                  .map(
                      crate ->
                          sboms.keep(image.digest(), Sbom.of(crate, lock, image.digest()))));
    }

    private Optional<AdvisoryReport> report(Lock now, Optional<Lock> before) {
      return attempt("advisories", () -> advisories.map(a -> a.current().report(now, before)));
    }

    private <T> Optional<T> attempt(String what, Supplier<Optional<T>> work) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "the " + what + " of " + subject.release().id() + " is missing", e);
        gaps.add(Finding.of(what, "it could not be had: " + reason(e)));
        return Optional.empty();
      }
    }

    private static String reason(RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      return message.length() > 300 ? message.substring(0, 300) + "..." : message;
    }
  }
}
