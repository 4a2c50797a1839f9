package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.release.BuildOrder;
import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings.Profile;
import dev.slipway.release.RuntimeBase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything one build is told, decided from its crate and the team's settings.
 *
 * @param order the build asked for
 * @param image what it pushes: {@code REPOSITORY/SERVICE:RELEASE}
 * @param base what the image is made on
 * @param cache image its compiled dependencies are kept in, the tag naming all they depend on
 * @param flags what cargo is told, by substitution name without the leading underscore
 */
record BuildPlan(
    BuildOrder order, String image, RuntimeBase base, String cache, Map<String, String> flags) {

  private static final String GNU = "x86_64-unknown-linux-gnu";
  private static final String MUSL = "x86_64-unknown-linux-musl";

  /** The slash keeps it apart from every service's images. */
  private static final String CACHE = "/cache/dependencies:";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,127}");
  private static final Pattern FEATURE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.-]*(\\??/[A-Za-z0-9_][A-Za-z0-9_+.-]*)?");
  private static final Pattern TOOLCHAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  BuildPlan {
    flags = Collections.unmodifiableMap(new TreeMap<>(flags));
  }

  /**
   * Plans a build.
   *
   * @param repository where images go: {@code HOST/PROJECT/REPOSITORY}
   * @param builder the image that compiles: another one compiles the dependencies anew
   * @throws IllegalArgumentException when the crate names a thing cargo itself would not accept
   */
  static BuildPlan of(BuildOrder order, String repository, String builder) {
    Crate crate = order.crate();
    checked("binary", crate.binary(), NAME);
    RuntimeBase base = BaseChoice.of(crate);
    Map<String, String> flags = flags(crate, base);
    String image = "%s/%s:%s".formatted(repository, order.release().service(), order.release());
    return new BuildPlan(order, image, base, cache(crate, flags, repository, builder), flags);
  }

  /** Where a crate's dependencies are kept once they are compiled; see {@link #of}. */
  static String cache(Crate crate, String repository, String builder) {
    return cache(crate, flags(crate, BaseChoice.of(crate)), repository, builder);
  }

  private static String cache(
      Crate crate, Map<String, String> flags, String repository, String builder) {
    String dependencies = crate.dependencies().isEmpty() ? crate.name() : crate.dependencies();
    return repository + CACHE + hash(builder + dependencies + flags);
  }

  /** The substitutions of the build template, as its contract in docs/build.md names them. */
  Map<String, String> substitutions() {
    Crate crate = order.crate();
    Map<String, String> all = new TreeMap<>();
    flags.forEach((name, value) -> all.put("_" + name, value));
    all.put("_SERVICE", order.release().service().value());
    all.put("_BIN", crate.binary());
    all.put("_BASE", base.label());
    all.put("_RUN_TESTS", String.valueOf(crate.settings().test()));
    all.put("_CACHE", cache);
    all.put("_IMAGE", image);
    return all;
  }

  /** What the compiled dependencies depend on, besides Cargo.lock and the builder. */
  private static Map<String, String> flags(Crate crate, RuntimeBase base) {
    boolean size = crate.settings().profile() == Profile.SIZE;
    crate.settings().features().forEach(feature -> checked("feature", feature, FEATURE));
    Map<String, String> flags = new TreeMap<>();
    flags.put("PACKAGE", checked("package", crate.name(), NAME));
    flags.put(
        "TOOLCHAIN", crate.toolchain().map(t -> checked("toolchain", t, TOOLCHAIN)).orElse(""));
    flags.put("TARGET", target(base));
    flags.put("RUSTFLAGS", isStaticGlibc(base) ? "-C target-feature=+crt-static" : "");
    flags.put("PROFILE", "release");
    flags.put("STRIP", "symbols");
    flags.put("LTO", size ? "fat" : "");
    flags.put("CODEGEN_UNITS", size ? "1" : "");
    flags.put("OPT_LEVEL", size ? "z" : "");
    flags.put("PANIC", size ? "abort" : "");
    flags.put("FEATURES", String.join(",", crate.settings().features()));
    flags.put("NO_DEFAULT_FEATURES", String.valueOf(!crate.settings().defaultFeatures()));
    return flags;
  }

  private static String target(RuntimeBase base) {
    return switch (base) {
      case MUSL, ALPINE -> MUSL;
      case SCRATCH, STATIC, CC, CHAINGUARD, SLIM -> GNU;
    };
  }

  private static boolean isStaticGlibc(RuntimeBase base) {
    return base == RuntimeBase.SCRATCH || base == RuntimeBase.STATIC;
  }

  /** Shells and templates see these values: what could mean anything to them goes no further. */
  private static String checked(String what, String value, Pattern legal) {
    if (!legal.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot name a %s of a build: it must match %s".formatted(value, what, legal));
    }
    return value;
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
