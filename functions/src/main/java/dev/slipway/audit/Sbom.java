package dev.slipway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.release.Crate;
import dev.slipway.release.Lock;
import dev.slipway.release.LockedPackage;
import java.net.URLEncoder;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Writes the bill of materials of an image: CycloneDX 1.5, what Cargo.lock says of one crate. The
 * same image and lock make the same bytes: no time, no random number.
 *
 * <p>A lock does not tell what is only for tests or build scripts, so the bill holds that too; and
 * it knows nothing of the base image.
 */
public final class Sbom {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private final Crate crate;
  private final Lock lock;
  private final Map<LockedPackage, String> refs = new LinkedHashMap<>();

  private Sbom(Crate crate, Lock lock) {
    this.crate = crate;
    this.lock = lock;
    Set<String> taken = new HashSet<>();
    lock.packages().stream()
        .sorted(
            Comparator.comparing(LockedPackage::name)
                .thenComparing(LockedPackage::version)
                .thenComparing(p -> p.source().orElse("")))
        .forEach(p -> refs.put(p, unique(ref(p), taken)));
  }

  /**
   * Writes one.
   *
   * @param lock as far as the crate uses it
   * @param imageDigest {@code sha256:...}, from which the bill's serial number is made
   */
  public static String of(Crate crate, Lock lock, String imageDigest) {
    return GSON.toJson(new Sbom(crate, lock).json(imageDigest)) + "\n";
  }

  private JsonObject json(String imageDigest) {
    Optional<LockedPackage> own = lock.packageOf(crate);
    JsonObject bom = new JsonObject();
    bom.addProperty("$schema", "http://cyclonedx.org/schema/bom-1.5.schema.json");
    bom.addProperty("bomFormat", "CycloneDX");
    bom.addProperty("specVersion", "1.5");
    bom.addProperty(
        "serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(imageDigest.getBytes(UTF_8)));
    bom.addProperty("version", 1);
    bom.add("metadata", metadata(own, imageDigest));
    JsonArray components = new JsonArray();
    refs.forEach(
        (locked, ref) -> {
          if (!own.equals(Optional.of(locked))) {
            components.add(component("library", locked.name(), locked.version(), ref, locked));
          }
        });
    bom.add("components", components);
    bom.add("dependencies", dependencies());
    return bom;
  }

  private JsonObject metadata(Optional<LockedPackage> own, String imageDigest) {
    JsonObject application = new JsonObject();
    application.addProperty("type", "application");
    application.addProperty("bom-ref", own.map(this::refOf).orElse("crate:" + crate.name()));
    application.addProperty("name", crate.name());
    application.addProperty("version", crate.version());
    JsonObject image = new JsonObject();
    image.addProperty("name", "slipway:image");
    image.addProperty("value", imageDigest);
    JsonArray properties = new JsonArray();
    properties.add(image);
    application.add("properties", properties);
    JsonObject metadata = new JsonObject();
    metadata.add("component", application);
    return metadata;
  }

  private static JsonObject component(
      String type, String name, String version, String ref, LockedPackage locked) {
    JsonObject component = new JsonObject();
    component.addProperty("type", type);
    component.addProperty("bom-ref", ref);
    component.addProperty("name", name);
    component.addProperty("version", version);
    purl(locked).ifPresent(purl -> component.addProperty("purl", purl));
    locked
        .checksum()
        .filter(sum -> sum.matches("[0-9A-Fa-f]{64}"))
        .ifPresent(sum -> component.add("hashes", hashes(sum)));
    return component;
  }

  private static JsonArray hashes(String sum) {
    JsonObject hash = new JsonObject();
    hash.addProperty("alg", "SHA-256");
    hash.addProperty("content", sum.toLowerCase(Locale.ROOT));
    JsonArray hashes = new JsonArray();
    hashes.add(hash);
    return hashes;
  }

  private JsonArray dependencies() {
    JsonArray all = new JsonArray();
    refs.forEach(
        (locked, ref) -> {
          JsonArray dependsOn = new JsonArray();
          List<String> used =
              lock.usedBy(locked).stream().filter(refs::containsKey).map(this::refOf).toList();
          used.stream().sorted().forEach(dependsOn::add);
          JsonObject one = new JsonObject();
          one.addProperty("ref", ref);
          one.add("dependsOn", dependsOn);
          all.add(one);
        });
    return all;
  }

  private String refOf(LockedPackage locked) {
    return refs.getOrDefault(locked, "");
  }

  private static String ref(LockedPackage locked) {
    return purl(locked).orElse("crate:" + locked.name() + "@" + locked.version());
  }

  private static String unique(String ref, Set<String> taken) {
    String free = ref;
    for (int i = 2; !taken.add(free); i++) {
      free = ref + "#" + i;
    }
    return free;
  }

  /** A package of the upload itself is nowhere to be had, so it has none. */
  private static Optional<String> purl(LockedPackage locked) {
    String plain = "pkg:cargo/" + locked.name() + "@" + encoded(locked.version());
    return locked
        .source()
        .map(
            source -> {
              String shown = encoded(LockedPackage.shown(source));
              if (locked.isPublic()) {
                return plain;
              }
              return plain
                  + (source.startsWith("git+") ? "?vcs_url=" : "?repository_url=")
                  + shown;
            });
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
