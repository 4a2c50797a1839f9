package dev.slipway.local.builds.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.builds.work.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the very Dockerfile of {@code build-templates}. */
final class DockerfileTest {

  private static final Path TEMPLATES = Path.of("../../build-templates");

  @TempDir private Path folder;

  @Test
  void itsBuildArgumentsAreThoseTheBuildTemplatePasses() throws IOException {
    String yaml = Files.readString(TEMPLATES.resolve("cloudbuild.yaml"));
    Matcher passed = Pattern.compile("(?s)for name in (.*?); do").matcher(yaml);
    assertThat(passed.find()).isTrue();

    assertThat(dockerfile().arguments(Map.of(), Map.of()).keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList(passed.group(1).replace("\\", "").strip().split("\\s+", -1)));
  }

  @Test
  void argumentsAreTheSubstitutionsButForImagesOfTheUsersOwn() throws IOException {
    Map<String, String> values =
        Map.of("_BIN", "hello", "_BASE", "cc", "_BUILDER", "rust", "_BASE_IMAGE", "gcr.io/cc");

    assertThat(dockerfile().arguments(values, Map.of("CC", "mine", "STATIC", "other")))
        .containsEntry("BIN", "hello")
        .containsEntry("BUILDER", "rust")
        .containsEntry("BASE_IMAGE", "mine")
        .containsEntry("FEATURES", "");
  }

  @Test
  void whatOlderEnginesDoNotKnowIsTakenOut() throws IOException {
    Dockerfile whole = dockerfile();

    Dockerfile without = whole.plain(folder);

    assertThat(without.text())
        .doesNotContain("<<'", "RUN --network", "profile=CARGO_PROFILE")
        .contains("COPY --chmod=0644 --from=slipway-files FLAGS /slipway/flags\nWORKDIR /app");
    assertThat(without.text())
        .as("build arguments reach the stages made from the one that declares them")
        .containsPattern("FROM cooked AS source\nARG TOOLCHAIN=\"\"\nARG TARGET=[^\n]*\n")
        .contains("FROM scratch AS tests\nCOPY");
    String flags = Files.readString(folder.resolve("FLAGS"));
    assertThat(flags).startsWith("profile=CARGO_PROFILE_").endsWith("fi\n");
    assertThat(whole.text()).contains("<<'FLAGS' /slipway/flags\n" + flags + "FLAGS\n");
  }

  @Test
  void itIsUnpackedFromTheSubstitution() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write("FROM scratch\n".getBytes(StandardCharsets.UTF_8));
    }
    String packed = Base64.getEncoder().encodeToString(bytes.toByteArray());

    assertThat(Dockerfile.of(Map.of("_DOCKERFILE", packed)).text()).isEqualTo("FROM scratch\n");
    assertThatThrownBy(() -> Dockerfile.of(Map.of("_DOCKERFILE", "no gzip")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("_DOCKERFILE");
    assertThatThrownBy(() -> Dockerfile.of(Map.of())).isInstanceOf(Refusal.class);
  }

  private static Dockerfile dockerfile() throws IOException {
    return new Dockerfile(Files.readString(TEMPLATES.resolve("Dockerfile")));
  }
}
