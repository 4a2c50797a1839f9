package dev.slipway.cli.simulate;

import dev.slipway.build.Copies;
import dev.slipway.build.ImageVersions;
import dev.slipway.build.Images;
import dev.slipway.release.Image;
import dev.slipway.release.ImageCleanup;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A registry of images, in memory: one for every region. */
final class SimulatedImages implements ImageVersions, Images, Copies {

  private static final String REPOSITORY = "registry/team/";

  private final Boundary boundary;
  private final Clock clock;
  private final Map<String, ImageCleanup.Pushed> images = new LinkedHashMap<>();

  /** Why none is deleted, where that is refused. */
  Optional<String> denied = Optional.empty();

  /** What an image is stated to take. */
  LongSupplier statedBytes = () -> 1000;

  SimulatedImages(Boundary boundary, Clock clock) {
    this.boundary = boundary;
    this.clock = clock;
  }

  /** An image comes; one of the same digest only gets another tag. */
  void tag(String digest, String tag) {
    ImageCleanup.Pushed before =
        images.getOrDefault(digest, new ImageCleanup.Pushed(digest, List.of(), clock.instant()));
    List<String> tags = new ArrayList<>(before.tags());
    if (!tags.contains(tag)) {
      tags.add(tag);
    }
    images.put(digest, new ImageCleanup.Pushed(digest, tags, before.pushedAt()));
  }

  /** A platform cannot make a revision of an image that is gone. */
  void require(String reference) {
    if (!images.containsKey(reference.substring(reference.indexOf('@') + 1))) {
      throw new IllegalStateException("404: there is no image " + reference);
    }
  }

  boolean has(Image image) {
    return images.containsKey(image.digest());
  }

  /** The releases there are images of. */
  List<String> tags() {
    return images.values().stream().flatMap(image -> image.tags().stream()).toList();
  }

  @Override
  public Image measure(ReleaseId release, String digest) {
    tag(digest, release.toString());
    return new Image(REPOSITORY + release.service(), digest, 1000, 2000, List.of());
  }

  @Override
  public Optional<Long> stated(Image image) {
    return Optional.of(statedBytes.getAsLong());
  }

  @Override
  public Image copy(Image from, ReleaseId release) {
    return boundary.effect(
        "copy image",
        () -> {
          tag(from.digest(), release.toString());
          return from.named(REPOSITORY + release.service());
        });
  }

  @Override
  public List<ImageCleanup.Pushed> list(ServiceName service) {
    boundary.look("list images");
    return List.copyOf(images.values());
  }

  @Override
  public boolean delete(ServiceName service, ImageCleanup.Pushed image) {
    if (denied.isPresent()) {
      throw new IllegalStateException(denied.get());
    }
    return boundary.effect(
        "delete image",
        () -> {
          ImageCleanup.Pushed now = images.get(image.digest());
          boolean same = now != null && now.tags().equals(image.tags());
          if (same) {
            images.remove(image.digest());
          }
          return now == null || same;
        });
  }
}
