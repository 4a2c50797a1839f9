package dev.slipway.local.registry;

import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.Package;
import com.google.devtools.artifactregistry.v1.Tag;
import com.google.devtools.artifactregistry.v1.Version;
import com.google.devtools.artifactregistry.v1.VersionView;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.util.List;
import java.util.function.Supplier;

/**
 * Images by their other names: a package is an image name, a version one digest of it, below
 * {@code .../packages/IMAGE/versions/sha256:HEX} and {@code .../packages/IMAGE/tags/TAG}.
 */
final class Packages {

  private final Catalog catalog;

  Packages(Catalog catalog) {
    this.catalog = catalog;
  }

  List<Package> list(ResourceName repository) {
    return catalog.names(repository.imagePrefix()).stream()
        .map(image -> packageView(repository, image))
        .toList();
  }

  Package get(ResourceName name) {
    if (catalog.manifests(image(name)).isEmpty()) {
      throw Calls.notFound(name.repositoryName() + "/" + name.rest());
    }
    return packageView(name, image(name));
  }

  void delete(ResourceName name) {
    get(name);
    catalog.manifests(image(name)).forEach(d -> catalog.deleteManifest(image(name), d));
  }

  /** The versions of a package; their tags are told only where the view asks for them. */
  List<Version> versions(ResourceName name, VersionView view) {
    return catalog.manifests(image(name)).stream()
        .map(digest -> versionView(name, digest, view))
        .toList();
  }

  Version version(ResourceName name, VersionView view) {
    return found(name, () -> versionView(name, catalog.resolve(image(name), name.part(3)), view));
  }

  /** Takes a version away; FAILED_PRECONDITION while tags point at it, unless forced. */
  void deleteVersion(ResourceName name, boolean force) {
    Digest digest = found(name, () -> catalog.resolve(image(name), name.part(3)));
    if (!force && !catalog.tagsOf(image(name), digest).isEmpty()) {
      throw Status.FAILED_PRECONDITION
          .withDescription(
              "Version %s has tags; delete them first or set force.".formatted(digest))
          .asRuntimeException();
    }
    catalog.deleteManifest(image(name), digest);
  }

  List<Tag> tags(ResourceName name) {
    return catalog.tags(image(name)).stream().map(tag -> tagView(name, tag)).toList();
  }

  Tag tag(ResourceName name) {
    return found(name, () -> tagView(name, name.part(3)));
  }

  void deleteTag(ResourceName name) {
    found(
        name,
        () -> {
          catalog.deleteTag(image(name), name.part(3));
          return true;
        });
  }

  private static Package packageView(ResourceName repository, String image) {
    String id = image.substring(repository.imagePrefix().length());
    return Package.newBuilder()
        .setName(repository.repositoryName() + "/packages/" + ResourceName.encode(id))
        .setDisplayName(id)
        .build();
  }

  private Version versionView(ResourceName name, Digest digest, VersionView view) {
    DockerImage image = catalog.describe(image(name), digest);
    var version =
        Version.newBuilder()
            .setName(packageName(name) + "/versions/" + digest)
            .setCreateTime(image.getUploadTime())
            .setUpdateTime(image.getUpdateTime());
    if (view == VersionView.FULL) {
      catalog.tagsOf(image(name), digest).forEach(t -> version.addRelatedTags(tagView(name, t)));
    }
    return version.build();
  }

  private Tag tagView(ResourceName name, String tag) {
    return Tag.newBuilder()
        .setName(packageName(name) + "/tags/" + tag)
        .setVersion(packageName(name) + "/versions/" + catalog.resolve(image(name), tag))
        .build();
  }

  private static String packageName(ResourceName name) {
    return name.repositoryName() + "/packages/" + ResourceName.encode(name.part(1));
  }

  private static String image(ResourceName name) {
    return name.imagePrefix() + name.part(1);
  }

  private static <T> T found(ResourceName name, Supplier<T> look) {
    try {
      return look.get();
    } catch (OciException e) {
      throw Calls.notFound(name.repositoryName() + "/" + name.rest());
    }
  }
}
