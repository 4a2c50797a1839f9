package dev.slipway.local.builds.host;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.StorageSource;
import dev.slipway.local.builds.image.Hashing;
import dev.slipway.local.builds.work.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a build of Slipway's asks for, read from its substitutions.
 *
 * @param service the service the image is for
 * @param packageName the cargo package
 * @param bin the binary of it
 * @param base what the image stands on: static, cc, slim ...
 * @param target the target triple
 * @param profile the cargo profile
 * @param features the comma list of features, {@code ""} for none
 * @param defaultFeatures whether the default features are on
 * @param runTests whether the crate's tests are to pass first
 * @param toolchain the rustup toolchain, {@code ""} for the crate's own choice
 * @param flags RUSTFLAGS and CARGO_PROFILE_*, as environment
 * @param slot names the folder whose compiled dependencies this build may use
 * @param images the names to push the image under
 * @param source the archive
 */
record Order(
    String service,
    String packageName,
    String bin,
    String base,
    String target,
    String profile,
    String features,
    boolean defaultFeatures,
    boolean runTests,
    String toolchain,
    Map<String, String> flags,
    String slot,
    List<String> images,
    StorageSource source) {

  private static final List<String> REQUIRED =
      List.of("_SERVICE", "_PACKAGE", "_BIN", "_BASE", "_TARGET");
  private static final List<String> PROFILE_KEYS =
      List.of("STRIP", "LTO", "CODEGEN_UNITS", "OPT_LEVEL", "PANIC");

  /** Values become arguments and folder names: a letter or digit first, nothing unusual after. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,127}");

  private static final Pattern FEATURES = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+?:,-]*");

  /** Reads a build; a {@link Refusal} names what is missing or malformed. */
  static Order of(Build build) {
    Map<String, String> values = build.getSubstitutionsMap();
    List<String> missing =
        REQUIRED.stream().filter(key -> values.getOrDefault(key, "").isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new Refusal(
          ("This is no build of Slipway's: the substitution %s is missing. The engine 'host' builds"
                  + " those only; for any other build use the engine 'docker'.")
              .formatted(String.join(", ", missing)));
    }
    if (build.getImagesCount() == 0) {
      throw new Refusal("The build names no image to push (images[0]).");
    }
    if (build.getSource().getStorageSource().getObject().isEmpty()) {
      throw new Refusal("The build names no archive (source.storageSource).");
    }
    REQUIRED.forEach(key -> check(key, values.getOrDefault(key, ""), WORD));
    String profile = check("_PROFILE", or(values, "_PROFILE", "release"), WORD);
    return new Order(
        values.getOrDefault("_SERVICE", ""),
        values.getOrDefault("_PACKAGE", ""),
        values.getOrDefault("_BIN", ""),
        values.getOrDefault("_BASE", ""),
        values.getOrDefault("_TARGET", ""),
        profile,
        check("_FEATURES", values.getOrDefault("_FEATURES", ""), FEATURES),
        !values.getOrDefault("_NO_DEFAULT_FEATURES", "").equals("true"),
        values.getOrDefault("_RUN_TESTS", "").equals("true"),
        check("_TOOLCHAIN", values.getOrDefault("_TOOLCHAIN", ""), WORD),
        flags(values, profile),
        slot(build, profile),
        build.getImagesList(),
        build.getSource().getStorageSource());
  }

  private static String check(String key, String value, Pattern allowed) {
    if (!value.isEmpty() && !allowed.matcher(value).matches()) {
      throw new Refusal("The substitution %s has an unusable value: '%s'.".formatted(key, value));
    }
    return value;
  }

  private static String or(Map<String, String> values, String key, String otherwise) {
    String value = values.getOrDefault(key, "");
    return value.isEmpty() ? otherwise : value;
  }

  private static Map<String, String> flags(Map<String, String> values, String profile) {
    Map<String, String> flags = new TreeMap<>();
    String prefix =
        "CARGO_PROFILE_" + profile.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    for (String key : PROFILE_KEYS) {
      String value = values.getOrDefault("_" + key, "");
      if (!value.isEmpty()) {
        flags.put(prefix + key, value);
      }
    }
    String rustflags = values.getOrDefault("_RUSTFLAGS", "");
    if (!rustflags.isEmpty()) {
      flags.put("RUSTFLAGS", rustflags);
    }
    return flags;
  }

  /** Same team and service, same dependencies, same flags: same folder. */
  private static String slot(Build build, String profile) {
    Map<String, String> values = build.getSubstitutionsMap();
    String cache = values.getOrDefault("_CACHE", "");
    String key =
        String.join(
            "\n",
            repository(build.getImages(0)),
            cache.substring(cache.lastIndexOf(':') + 1),
            values.getOrDefault("_TARGET", ""),
            values.getOrDefault("_TOOLCHAIN", ""),
            flags(values, profile).toString());
    return values.getOrDefault("_SERVICE", "")
        + "-"
        + Hashing.hex(key.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private static String repository(String image) {
    int slash = image.lastIndexOf('/');
    return image.substring(0, Math.max(0, slash));
  }

  /** What tells cargo which code to build, for each of its commands. */
  List<String> selection() {
    List<String> arguments =
        new ArrayList<>(List.of("--target", target, "--profile", profile, "-p", packageName));
    if (!features.isEmpty()) {
      arguments.addAll(List.of("--features", features));
    }
    if (!defaultFeatures) {
      arguments.add("--no-default-features");
    }
    return arguments;
  }
}
