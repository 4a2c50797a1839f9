package dev.slipway.local.registry;

import com.google.devtools.artifactregistry.v1.DockerImage;
import dev.slipway.local.server.Calls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The images of a repository as Artifact Registry describes them. */
final class DockerImages {

  private final Catalog catalog;
  private final String host;

  DockerImages(Catalog catalog, String host) {
    this.catalog = catalog;
    this.host = host;
  }

  /** {@code .../dockerImages/IMAGE@sha256:HEX}, or {@code IMAGE:TAG}. */
  DockerImage get(ResourceName name) {
    ImageRef ref = ImageRef.parse(name.imagePrefix() + name.part(1));
    try {
      return describe(name, ref.name(), catalog.resolve(ref.name(), ref.reference()));
    } catch (OciException e) {
      throw Calls.notFound(name.repositoryName() + "/" + name.rest());
    }
  }

  /** All images of a repository, the last uploaded first where {@code orderBy} asks for that. */
  List<DockerImage> list(ResourceName repository, String orderBy) {
    List<DockerImage> images = new ArrayList<>();
    for (String image : catalog.names(repository.imagePrefix())) {
      catalog.manifests(image).forEach(d -> images.add(describe(repository, image, d)));
    }
    if (!orderBy.isEmpty()) {
      Comparator<DockerImage> byUpload =
          Comparator.comparing(
              DockerImage::getUploadTime, com.google.protobuf.util.Timestamps.comparator());
      images.sort(orderBy.endsWith("desc") ? byUpload.reversed() : byUpload);
    }
    return images;
  }

  private DockerImage describe(ResourceName repository, String image, Digest digest) {
    String id = image.substring(repository.imagePrefix().length());
    return catalog.describe(image, digest).toBuilder()
        .setName(
            "%s/dockerImages/%s@%s"
                .formatted(repository.repositoryName(), ResourceName.encode(id), digest))
        .setUri("%s/%s@%s".formatted(host, image, digest))
        .addAllTags(catalog.tagsOf(image, digest))
        .build();
  }
}
