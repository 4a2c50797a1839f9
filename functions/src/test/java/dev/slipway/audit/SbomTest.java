package dev.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.release.Crate;
import dev.slipway.release.Lock;
import dev.slipway.release.LockedPackage;
import dev.slipway.release.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SbomTest {

  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  private static final Crate HELLO = Samples.crate(Samples.HELLO, "1.0.0");
  private static final LockedPackage OWN =
      new LockedPackage("hello", "1.0.0", Optional.empty(), Optional.empty());
  private static final LockedPackage MEMBER =
      new LockedPackage("shared", "0.1.0", Optional.empty(), Optional.empty());
  private static final LockedPackage SERDE =
      new LockedPackage("serde", "1.0.2+x", Optional.of(CRATES_IO), Optional.of("AB".repeat(32)));
  private static final LockedPackage GIT =
      new LockedPackage(
          "fork", "0.1.0", Optional.of("git+https://me:secret@x/fork#1"), Optional.empty());
  private static final LockedPackage GIT_TWIN =
      new LockedPackage("fork", "0.1.0", Optional.of("git+https://x/fork#1"), Optional.empty());

  private static final List<LockedPackage> PACKAGES =
      List.of(OWN, MEMBER, SERDE, GIT, GIT_TWIN);
  private static final Map<LockedPackage, List<LockedPackage>> USES =
      Map.of(OWN, List.of(SERDE, MEMBER), MEMBER, List.of(GIT));

  private static String sbom(List<LockedPackage> packages) {
    return Sbom.of(HELLO, new Lock(packages, USES), DIGEST);
  }

  private static JsonObject json() {
    return JsonParser.parseString(sbom(PACKAGES)).getAsJsonObject();
  }

  private static List<JsonObject> objects(JsonObject json, String name) {
    List<JsonObject> objects = new ArrayList<>();
    json.getAsJsonArray(name).forEach(e -> objects.add(e.getAsJsonObject()));
    return objects;
  }

  private static JsonObject component(String name) {
    return objects(json(), "components").stream()
        .filter(c -> c.get("name").getAsString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatTheStandardRequiresIsThere() {
    JsonObject json = json();

    assertThat(json.get("bomFormat").getAsString()).isEqualTo("CycloneDX");
    assertThat(json.get("specVersion").getAsString()).isEqualTo("1.5");
    assertThat(json.get("version").getAsInt()).isEqualTo(1);
    assertThat(json.get("serialNumber").getAsString())
        .matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(objects(json, "components"))
        .hasSize(4)
        .allSatisfy(
            c -> {
              assertThat(c.get("type").getAsString()).isEqualTo("library");
              assertThat(c.get("name").getAsString()).isNotEmpty();
              assertThat(c.get("version").getAsString()).isNotEmpty();
            });
    JsonObject application = json.getAsJsonObject("metadata").getAsJsonObject("component");
    assertThat(application.get("type").getAsString()).isEqualTo("application");
    assertThat(application.get("name").getAsString()).isEqualTo("hello");
  }

  @Test
  void everyReferenceIsUniqueAndEveryOneNamedExists() {
    JsonObject json = json();
    List<String> refs = new ArrayList<>();
    objects(json, "components").forEach(c -> refs.add(c.get("bom-ref").getAsString()));
    refs.add(
        json.getAsJsonObject("metadata")
            .getAsJsonObject("component")
            .get("bom-ref")
            .getAsString());
    Set<String> named = new HashSet<>();
    for (JsonObject one : objects(json, "dependencies")) {
      named.add(one.get("ref").getAsString());
      for (JsonElement on : one.getAsJsonArray("dependsOn")) {
        named.add(on.getAsString());
      }
    }

    assertThat(refs).doesNotHaveDuplicates();
    assertThat(named).isEqualTo(new HashSet<>(refs));
  }

  @Test
  void aPackageOfCratesIoHasItsUrlAndItsChecksum() {
    JsonObject serde = component("serde");

    assertThat(serde.get("purl").getAsString()).isEqualTo("pkg:cargo/serde@1.0.2%2Bx");
    JsonObject hash = objects(serde, "hashes").getFirst();
    assertThat(hash.get("alg").getAsString()).isEqualTo("SHA-256");
    assertThat(hash.get("content").getAsString()).isEqualTo("ab".repeat(32));
  }

  @Test
  void aPackageOfTheUploadIsNowhereToBeHadAndAGitLoginIsNotTold() {
    assertThat(component("shared").has("purl")).isFalse();
    assertThat(sbom(PACKAGES)).doesNotContain("secret").contains("?vcs_url=git%2Bhttps%3A%2F%2Fx");
  }

  @Test
  void theSameLockInAnotherOrderIsTheSameBill() {
    assertThat(sbom(List.of(SERDE, MEMBER, OWN, GIT, GIT_TWIN))).isEqualTo(sbom(PACKAGES));
  }
}
