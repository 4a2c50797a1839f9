package dev.slipway.local.registry;

import dev.slipway.local.operations.Operations;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import io.grpc.BindableService;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Artifact Registry: images by the OCI distribution API below {@code /v2/}, described by {@code
 * google.devtools.artifactregistry.v1}; a Docker image also over REST. Content is one store for all names, addressed by digest,
 * in {@code FOLDER/registry}.
 */
public final class Registry implements CloudService {

  private final Blobs blobs;
  private final Catalog catalog;
  private final OciApi http;
  private final RestApi rest;
  private final ArtifactRegistryApi grpc;

  public Registry(State state, Clock clock, Operations operations, Endpoints endpoints) {
    Path folder = state.folder("registry");
    blobs = new Blobs(folder, clock);
    catalog = new Catalog(state, clock, blobs);
    http = new OciApi(blobs, new Uploads(folder.resolve("uploads"), blobs), catalog);
    DockerImages images = new DockerImages(catalog, "127.0.0.1:" + endpoints.httpPort());
    Packages packages = new Packages(catalog);
    rest = new RestApi(images, packages);
    grpc =
        new ArtifactRegistryApi(
            operations,
            new Repositories(state, clock, catalog),
            images,
            packages);
  }

  @Override
  public List<BindableService> grpc() {
    return List.of(grpc);
  }

  @Override
  public Map<String, HttpHandler> http() {
    return Map.of("/v2", http, RestApi.PREFIX, rest);
  }

  /** The digest an image name stands for now, {@code sha256:HEX}; MANIFEST_UNKNOWN without one. */
  public String digest(String imageRef) {
    ImageRef ref = ImageRef.parse(imageRef);
    return catalog.resolve(ref.name(), ref.reference()).toString();
  }

  /** The manifest of an image, byte by byte as it was pushed; MANIFEST_UNKNOWN without one. */
  public byte[] manifest(String imageRef) {
    return blobs.read(Digest.parse(digest(imageRef)));
  }

  /** The file that holds a blob, to be read only; BLOB_UNKNOWN when there is none. */
  public Path blob(String digest) {
    return blobs.path(Digest.parse(digest));
  }

  /** Stores a copy of {@code file}; DIGEST_INVALID when its digest is another. */
  public void putBlob(String digest, Path file) throws IOException {
    Digest expected = Digest.parse(digest);
    if (!blobs.promise(expected)) {
      try (InputStream content = Files.newInputStream(file)) {
        blobs.put(content, expected);
      }
    }
  }

  /**
   * Stores a manifest whose blobs are there already, and points the name's tag, where it has one,
   * at it.
   *
   * @return its digest, {@code sha256:HEX}
   */
  public String putManifest(String imageRef, String mediaType, byte[] manifest) {
    ImageRef ref = ImageRef.parse(imageRef);
    return catalog.put(ref.name(), ref.tag(), mediaType, manifest).toString();
  }
}
