package dev.slipway.source;

import dev.slipway.release.CrateSettings;
import dev.slipway.release.CrateSettings.Profile;
import dev.slipway.release.Fields;
import dev.slipway.release.RuntimeBase;
import dev.slipway.release.ServiceName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code [package.metadata.slipway]}. */
final class Settings {

  private static final Pattern FEATURE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.-]{0,63}(\\??/[A-Za-z0-9_][A-Za-z0-9_+.-]{0,63})?");
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,255}");

  private Settings() {}

  /** The settings of a package; every problem with them is a finding. */
  static CrateSettings read(Manifest manifest, Findings findings) {
    Optional<Map<String, Object>> written = manifest.settings();
    if (written.isEmpty()) {
      return CrateSettings.DEFAULT;
    }
    Fields fields =
        Fields.of("settings", manifest.path(), "package.metadata.slipway", written.get());
    CrateSettings settings = read(fields);
    checkFeatures(manifest, settings, fields);
    fields.findings().forEach(findings::add);
    return settings;
  }

  private static CrateSettings read(Fields fields) {
    CrateSettings defaults = CrateSettings.DEFAULT;
    return new CrateSettings(
        fields.text(
            "service",
            ServiceName::isLegal,
            "up to %d lower-case letters, digits and hyphens, a letter first"
                .formatted(ServiceName.MAX_LENGTH)),
        fields.text("binary"),
        fields.text("health", s -> PATH.matcher(s).matches(), "a path such as /health"),
        fields.oneOf("base", RuntimeBase.class),
        fields.oneOf("profile", Profile.class).orElse(defaults.profile()),
        fields.texts("features"),
        fields.flag("default-features").orElse(defaults.defaultFeatures()),
        fields.flag("test").orElse(defaults.test()),
        fields.texts("job"));
  }

  private static void checkFeatures(Manifest manifest, CrateSettings settings, Fields fields) {
    Set<String> known = new HashSet<>(manifest.root().table("features").values().keySet());
    manifest.dependencies().forEach(dependency -> known.add(dependency.key()));
    known.add("default");
    for (String feature : settings.features()) {
      if (!FEATURE.matcher(feature).matches()) {
        fields.reject("features", "'" + Shown.text(feature) + "' cannot name a cargo feature");
      } else if (feature.indexOf('/') < 0 && !known.contains(feature)) {
        fields.reject("features", "the package has no feature '" + feature + "'");
      }
    }
  }

  /** The features that are on: the ones asked for, and all they switch on in turn. */
  static Set<String> featuresOn(Manifest manifest, CrateSettings settings) {
    Table features = manifest.root().table("features");
    Set<String> on = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(settings.features());
    if (settings.defaultFeatures()) {
      left.add("default");
    }
    while (!left.isEmpty()) {
      String feature = left.removeFirst();
      if (on.add(feature)) {
        List<String> more = features.texts(feature);
        left.addAll(more);
      }
    }
    return on;
  }
}
