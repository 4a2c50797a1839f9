package dev.slipway.local.builds.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.local.builds.image.Hashing;
import dev.slipway.local.builds.work.Push;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OciArchiveTest {

  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  @TempDir private Path folder;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  @Test
  void layersDockerLeftUncompressedArePushedCompressed() throws IOException {
    String plain = blob("a layer, uncompressed");
    String packed = blob("a layer, compressed: its type says so");
    String config = blob("{}");
    String manifest =
        blob(
            """
            {"schemaVersion":2,"config":{"digest":"%s","size":2},
             "layers":[{"mediaType":"%s","digest":"%s","size":21},
                       {"mediaType":"%s+gzip","digest":"%s","size":37}]}
            """
                .formatted(config, LAYER, plain, LAYER, packed));
    put("index.json", "{\"manifests\":[{\"digest\":\"%s\"}]}".formatted(manifest));

    Push push = OciArchive.read(tar(), Files.createDirectory(folder.resolve("oci")));

    JsonObject pushed =
        JsonParser.parseString(push.manifest()).getAsJsonObject();
    JsonObject first = pushed.getAsJsonArray("layers").get(0).getAsJsonObject();
    String digest = first.get("digest").getAsString();
    assertThat(first.get("mediaType").getAsString()).isEqualTo(LAYER + "+gzip");
    assertThat(push.blobs()).containsOnlyKeys(config, digest, packed);
    Path file = Objects.requireNonNull(push.blobs().get(digest));
    assertThat(Hashing.digest(file)).isEqualTo(digest);
    assertThat(Files.size(file)).isEqualTo(first.get("size").getAsLong());
    try (var gzip = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(gzip.readAllBytes()).asString().isEqualTo("a layer, uncompressed");
    }
  }

  @Test
  void anArchiveOfAnOlderDockerIsRefusedWithTheReason() throws IOException {
    put("manifest.json", "[]");
    Path tar = tar();
    Path empty = Files.createDirectory(folder.resolve("oci"));

    assertThatThrownBy(() -> OciArchive.read(tar, empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("before version 25");
  }

  private String blob(String content) {
    String digest = Hashing.digest(content.getBytes(StandardCharsets.UTF_8));
    put("blobs/sha256/" + digest.substring("sha256:".length()), content);
    return digest;
  }

  private void put(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private Path tar() throws IOException {
    Path file = folder.resolve("image.tar");
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      for (var each : entries.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
        entry.setSize(each.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(each.getValue());
        tar.closeArchiveEntry();
      }
    }
    return file;
  }
}
