package dev.slipway.cli.simulate;

import dev.slipway.build.ImageVersions;
import dev.slipway.release.Image;
import dev.slipway.release.ImageCleanup;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry of images, in memory: one for every region. */
final class SimulatedImages implements ImageVersions {

  private final Boundary boundary;
  private final Map<String, ImageCleanup.Pushed> images = new LinkedHashMap<>();

  /** Why none is deleted, where that is refused. */
  Optional<String> denied = Optional.empty();

  SimulatedImages(Boundary boundary) {
    this.boundary = boundary;
  }

  /** A release's image comes; one of the same digest only gets another tag. */
  void push(ReleaseId release, String digest, Instant now) {
    tag(digest, release.toString(), now);
  }

  void tag(String digest, String tag, Instant now) {
    ImageCleanup.Pushed before =
        images.getOrDefault(digest, new ImageCleanup.Pushed(digest, List.of(), now));
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
