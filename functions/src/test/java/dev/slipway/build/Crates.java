package dev.slipway.build;

import dev.slipway.release.BuildOrder;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.RuntimeBase;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Crates and orders to build, each field from a line {@code key = value} or else a default. */
final class Crates {

  static final BuildSettings TEAM =
      new BuildSettings(
          "acme",
          "europe-west1",
          "europe-west1-docker.pkg.dev/acme/services",
          "acme-sources",
          "projects/acme/serviceAccounts/build@acme.iam.gserviceaccount.com",
          Duration.ofMinutes(30),
          new BuildSettings.Machines("E2_HIGHCPU_8", ""));

  private Crates() {}

  static BuildOrder order(String... lines) {
    return order(List.of(lines));
  }

  static BuildOrder order(List<String> lines) {
    Map<String, String> values = new TreeMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    Upload upload = new Upload("acme-uploads", "hello-1.0.0.crate", 7);
    Crate crate = crate(values);
    return new BuildOrder(
        ReleaseId.of(crate.service(), upload),
        Integer.parseInt(values.getOrDefault("attempt", "1")),
        new Source(upload, "ab12", 1000, new StoredObject("acme-sources", "ab12.tar.gz", 3)),
        crate);
  }

  private static Crate crate(Map<String, String> values) {
    String name = values.getOrDefault("name", "hello");
    return new Crate(
        new ServiceName(values.getOrDefault("service", "hello")),
        name,
        "1.0.0",
        "2021",
        Optional.ofNullable(values.get("rust-version")),
        Optional.ofNullable(values.get("toolchain")),
        values.getOrDefault("binary", name),
        Optional.empty(),
        12,
        values.getOrDefault("dependencies", "dd"),
        list(values.get("native")),
        settings(values));
  }

  private static CrateSettings settings(Map<String, String> values) {
    return new CrateSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(values.get("base")).map(RuntimeBase::valueOf),
        CrateSettings.Profile.valueOf(values.getOrDefault("profile", "RELEASE")),
        list(values.get("features")),
        Boolean.parseBoolean(values.getOrDefault("default-features", "true")),
        Boolean.parseBoolean(values.getOrDefault("test", "false")),
        List.of());
  }

  private static List<String> list(@org.jspecify.annotations.Nullable String value) {
    return value == null ? List.of() : Arrays.asList(value.split(" ", -1));
  }
}
