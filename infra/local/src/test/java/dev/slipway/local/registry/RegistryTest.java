package dev.slipway.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import com.google.devtools.artifactregistry.v1.DeleteVersionRequest;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.Repository;
import dev.slipway.local.Clients;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.server.CloudServer;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.state.State;
import dev.slipway.local.time.VirtualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryTest {

  private static final String IMAGE = "laptop/apps/hello";
  private static final String REPOSITORY =
      "projects/laptop/locations/europe-west1/repositories/apps";
  private static final byte[] LAYER = "0123456789".repeat(10).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final Endpoints endpoints = Endpoints.free();
  private State state;
  private Registry registry;
  private CloudServer server;
  private Clients clients;

  @BeforeEach
  void start() {
    state = State.open(folder);
    Operations operations = new Operations(state);
    registry = new Registry(state, time, operations, endpoints);
    server = CloudServer.start(endpoints, List.of(operations, registry));
    clients = Clients.to(endpoints.grpc());
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
    state.close();
  }

  @Test
  void anImageJibPushesIsTheImageJibPulls() throws Exception {
    Path file = Files.writeString(folder.resolve("hello.txt"), "hello");
    String name = "127.0.0.1:" + endpoints.httpPort() + "/" + IMAGE;
    JibContainer pushed =
        Jib.fromScratch()
            .addLayer(List.of(file), AbsoluteUnixPath.get("/app"))
            .containerize(to(name + ":v1"));

    JibContainer repushed =
        Jib.from(RegistryImage.named(name + ":v1"))
            .setEntrypoint("/app/hello.txt")
            .containerize(to(name + ":v2"));

    assertThat(registry.digest(name + ":v1")).isEqualTo(pushed.getDigest().toString());
    assertThat(registry.digest("europe-west1-docker.pkg.dev/" + IMAGE + ":v2"))
        .isEqualTo(repushed.getDigest().toString());
    assertThat(text(get("/v2/" + IMAGE + "/tags/list"))).contains("[\"v1\",\"v2\"]");
    assertThat(text(get("/v2/_catalog"))).contains(IMAGE);
  }

  private Containerizer to(String name) throws Exception {
    return Containerizer.to(RegistryImage.named(name))
        .setAllowInsecureRegistries(true)
        .setBaseImageLayersCache(folder.resolve("jib-base"))
        .setApplicationLayersCache(folder.resolve("jib-app"));
  }

  @Test
  void aBlobUploadedInChunksIsReadBackWholeAndByRange() throws Exception {
    String digest = Digest.of(LAYER).toString();
    HttpResponse<byte[]> begun = send("POST", "/v2/" + IMAGE + "/blobs/uploads/", new byte[0]);
    String upload = location(begun);

    HttpResponse<byte[]> first = chunk(upload, "0-39", slice(0, 40));
    HttpResponse<byte[]> outOfOrder = chunk(upload, "70-99", slice(70, 100));
    HttpResponse<byte[]> second = chunk(upload, "40-99", slice(40, 100));
    HttpResponse<byte[]> done = send("PUT", upload + "?digest=" + digest, new byte[0]);

    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Range")).contains("0-39");
    assertThat(outOfOrder.statusCode()).isEqualTo(416);
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(done.statusCode()).isEqualTo(201);
    String blob = "/v2/" + IMAGE + "/blobs/" + digest;
    assertThat(get(blob).body()).isEqualTo(LAYER);
    HttpResponse<byte[]> range = ranged(blob, "bytes=5-7");
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(text(range)).isEqualTo("567");
    assertThat(range.headers().firstValue("Content-Range")).contains("bytes 5-7/100");
    assertThat(text(ranged(blob, "bytes=-2"))).isEqualTo("89");
    assertThat(ranged(blob, "bytes=100-").statusCode()).isEqualTo(416);
    assertThat(send("HEAD", blob, new byte[0]).headers().firstValue("Content-Length"))
        .contains("100");
  }

  @Test
  void contentThatIsNotWhatItsDigestSaysIsRefusedInTheRegistrysOwnWords() throws Exception {
    String other = Digest.of(new byte[] {1}).toString();

    HttpResponse<byte[]> refused =
        send("POST", "/v2/" + IMAGE + "/blobs/uploads/?digest=" + other, LAYER);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("\"errors\":[{\"code\":\"DIGEST_INVALID\"");
    assertThat(get("/v2/" + IMAGE + "/blobs/" + other).statusCode()).isEqualTo(404);
  }

  @Test
  void aBlobIsMountedFromAnotherNameWithoutBeingSentAgain() throws Exception {
    String digest = Digest.of(LAYER).toString();
    send("POST", "/v2/" + IMAGE + "/blobs/uploads/?digest=" + digest, LAYER);

    HttpResponse<byte[]> mounted =
        send(
            "POST",
            "/v2/laptop/apps/other/blobs/uploads/?mount=" + digest + "&from=" + IMAGE,
            new byte[0]);

    assertThat(mounted.statusCode()).isEqualTo(201);
    assertThat(get("/v2/laptop/apps/other/blobs/" + digest).statusCode()).isEqualTo(200);
  }

  @Test
  void aManifestWhoseLayersAreMissingIsRefused() throws Exception {
    byte[] manifest = manifest(Digest.of(LAYER), Digest.of(LAYER), "");

    HttpResponse<byte[]> refused =
        send("PUT", "/v2/" + IMAGE + "/manifests/v1", manifest);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("MANIFEST_BLOB_UNKNOWN");
  }

  @Test
  void whatRefersToAnImageIsListedWithIt() throws Exception {
    Digest image = push("v1");
    byte[] signature =
        manifest(
            Digest.of(LAYER),
            Digest.of(LAYER),
            "\"artifactType\":\"application/x-signature\",\"subject\":{\"digest\":\""
                + image
                + "\",\"size\":1},");

    HttpResponse<byte[]> put =
        send("PUT", "/v2/" + IMAGE + "/manifests/" + Digest.of(signature), signature);

    assertThat(put.headers().firstValue("OCI-Subject")).contains(image.toString());
    assertThat(text(get("/v2/" + IMAGE + "/referrers/" + image)))
        .contains(Digest.of(signature).toString())
        .contains("application/x-signature");
  }

  @Test
  void googlesClientDescribesAPushedImage() throws Exception {
    Digest digest = push("v1");
    try (ArtifactRegistryClient client = client()) {

      DockerImage image =
          client.getDockerImage(REPOSITORY + "/dockerImages/hello@" + digest);

      assertThat(image.getTagsList()).containsExactly("v1");
      assertThat(image.getMediaType()).isEqualTo(Manifest.OCI);
      assertThat(image.getImageSizeBytes()).isEqualTo(2L * LAYER.length);
      assertThat(image.getUploadTime().getSeconds()).isEqualTo(time.instant().getEpochSecond());
      assertThat(image.getUri()).endsWith("/laptop/apps/hello@" + digest);
      assertThat(client.listDockerImages(REPOSITORY).iterateAll()).containsExactly(image);
      assertThat(client.getRepository(REPOSITORY).getFormat()).isEqualTo(Repository.Format.DOCKER);
      assertThatThrownBy(() -> client.getDockerImage(REPOSITORY + "/dockerImages/absent:v1"))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void aDeletedVersionIsGoneWithItsTagsAndItsContent() throws Exception {
    Digest digest = push("v1");
    String version = REPOSITORY + "/packages/hello/versions/" + digest;
    try (ArtifactRegistryClient client = client()) {
      assertThat(client.getVersion(version).getName()).isEqualTo(version);
      assertThat(client.getTag(REPOSITORY + "/packages/hello/tags/v1").getVersion())
          .isEqualTo(version);

      client
          .deleteVersionCallable()
          .call(
              DeleteVersionRequest.newBuilder()
                  .setName(version)
                  .setForce(true)
                  .build());

      assertThat(client.listVersions(REPOSITORY + "/packages/hello").iterateAll()).isEmpty();
    }
    assertThat(get("/v2/" + IMAGE + "/manifests/v1").statusCode()).isEqualTo(404);
    assertThat(get("/v2/" + IMAGE + "/blobs/" + Digest.of(LAYER)).statusCode()).isEqualTo(404);
  }

  @Test
  void contentThatAPushWasToldItNeedNotSendOutlivesTheImageItWasOf() throws Exception {
    Digest digest = push("v1");
    assertThat(send("HEAD", "/v2/" + IMAGE + "/blobs/" + Digest.of(LAYER), new byte[0]).statusCode())
        .isEqualTo(200);

    send("DELETE", "/v2/" + IMAGE + "/manifests/" + digest, new byte[0]);

    byte[] next = manifest(Digest.of(LAYER), Digest.of(LAYER), "\"annotations\":{\"of\":\"the push\"},");
    assertThat(send("PUT", "/v2/" + IMAGE + "/manifests/v2", next).statusCode()).isEqualTo(201);
    send("DELETE", "/v2/" + IMAGE + "/manifests/" + Digest.of(next), new byte[0]);
    assertThat(get("/v2/" + IMAGE + "/blobs/" + Digest.of(LAYER)).statusCode()).isEqualTo(404);
  }

  @Test
  void aVersionIsListedAndDeletedOverRestOnceItHasNoTagAnyMore() throws Exception {
    Digest digest = push("v1");
    String hello = "/v1/" + REPOSITORY + "/packages/hello";
    assertThat(text(get(hello + "/versions"))).contains(digest.toString()).doesNotContain("tags/v1");
    assertThat(text(get(hello + "/versions?view=FULL&pageSize=10&pageToken="))).contains("tags/v1");

    HttpResponse<byte[]> tagged = send("DELETE", hello + "/versions/" + digest, new byte[0]);
    HttpResponse<byte[]> tag = send("DELETE", hello + "/tags/v1", new byte[0]);
    HttpResponse<byte[]> untagged = send("DELETE", hello + "/versions/" + digest, new byte[0]);

    assertThat(tagged.statusCode()).isEqualTo(400);
    assertThat(text(tagged)).contains("FAILED_PRECONDITION");
    assertThat(tag.statusCode()).isEqualTo(200);
    assertThat(untagged.statusCode()).isEqualTo(200);
    assertThat(send("DELETE", hello + "/versions/" + digest, new byte[0]).statusCode()).isEqualTo(404);
    assertThat(text(get(hello + "/versions?view=FULL"))).doesNotContain(digest.toString());
  }

  @Test
  void imagesSurviveARestart() throws Exception {
    Digest digest = push("v1");
    byte[] manifest = registry.manifest(IMAGE + ":v1");
    stop();

    start();

    assertThat(registry.manifest(IMAGE + "@" + digest)).isEqualTo(manifest);
    assertThat(registry.blob(Digest.of(LAYER).toString())).hasBinaryContent(LAYER);
  }

  private Digest push(String tag) throws Exception {
    Digest layer = Digest.of(LAYER);
    send("POST", "/v2/" + IMAGE + "/blobs/uploads/?digest=" + layer, LAYER);
    byte[] manifest = manifest(layer, layer, "");
    HttpResponse<byte[]> put = send("PUT", "/v2/" + IMAGE + "/manifests/" + tag, manifest);
    assertThat(put.statusCode()).as(text(put)).isEqualTo(201);
    return Digest.of(manifest);
  }

  private static byte[] manifest(Digest config, Digest layer, String more) {
    return """
        {"schemaVersion":2,"mediaType":"%s",%s
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":100},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":100}]}
        """
        .formatted(Manifest.OCI, more, config, layer)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void googlesRestClientReadsTheSameOfAnImage() throws Exception {
    String name = REPOSITORY + "/dockerImages/hello@" + push("v1");
    try (ArtifactRegistryClient rest =
            ArtifactRegistryClient.create(
                ArtifactRegistrySettings.newHttpJsonBuilder()
                    .setTransportChannelProvider(
                        ArtifactRegistrySettings.defaultHttpJsonTransportProviderBuilder()
                            .setEndpoint("http://127.0.0.1:" + endpoints.httpPort())
                            .build())
                    .setCredentialsProvider(clients.credentials())
                    .build());
        ArtifactRegistryClient grpc = client()) {

      assertThat(rest.getDockerImage(name)).isEqualTo(grpc.getDockerImage(name));
      assertThatThrownBy(() -> rest.getDockerImage(REPOSITORY + "/dockerImages/absent:v1"))
          .isInstanceOf(NotFoundException.class);
    }
  }

  private ArtifactRegistryClient client() throws Exception {
    return ArtifactRegistryClient.create(
        ArtifactRegistrySettings.newBuilder()
            .setTransportChannelProvider(clients.transport())
            .setCredentialsProvider(clients.credentials())
            .build());
  }

  private static byte[] slice(int from, int to) {
    return Arrays.copyOfRange(LAYER, from, to);
  }

  private HttpResponse<byte[]> chunk(String upload, String range, byte[] body) throws Exception {
    return http.send(
        request(upload)
            .header("Content-Range", range)
            .method("PATCH", BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> ranged(String path, String range) throws Exception {
    return http.send(request(path).header("Range", range).build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body) throws Exception {
    return http.send(
        request(path).method(method, BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoints.http() + path));
  }

  private static String location(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElseThrow();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
