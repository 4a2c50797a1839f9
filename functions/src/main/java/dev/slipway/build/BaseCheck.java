package dev.slipway.build;

import dev.slipway.release.RuntimeBase;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a binary runs on a base: what the build found in it decides, whatever was planned. */
final class BaseCheck {

  /** glibc of Debian 13, which the builder and the Debian bases share. */
  private static final String DEBIAN_GLIBC = "2.41";

  /** What any glibc base has; the loader's own name differs from machine to machine. */
  private static final Pattern GLIBC =
      Pattern.compile("(libc|libm|libpthread|libdl|librt|libutil|libresolv)\\.so\\.\\d|ld-linux.*");

  private static final String LIBGCC = "libgcc_s.so.1";
  private static final Set<String> ONLY_CC =
      Set.of("libssl.so.3", "libcrypto.so.3", "libstdc++.so.6");

  private static final String SETTING = "set base = \"%s\" under [package.metadata.slipway]";

  /** 2.9 before 2.36. */
  private static final Comparator<String> BY_VERSION =
      (a, b) -> Arrays.compare(numbers(a), numbers(b));

  private BaseCheck() {}

  /**
   * Looks for what the base lacks.
   *
   * @param needed the libraries the binary links, empty when static
   * @param glibc the highest glibc symbol version it asks for
   * @return what is wrong and what to do about it; empty when it will run
   */
  static Optional<String> problem(RuntimeBase base, List<String> needed, Optional<String> glibc) {
    return switch (base) {
      case SCRATCH, STATIC, MUSL -> onlyStatic(base, needed);
      case ALPINE -> noGlibc(needed);
      case CC, CHAINGUARD -> lacking(base, needed).or(() -> tooOld(base, glibc));
      // The image is given the libraries slim lacks.
      case SLIM -> tooOld(base, glibc);
    };
  }

  private static Optional<String> onlyStatic(RuntimeBase base, List<String> needed) {
    return needed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the base %s runs static binaries only, but this one links %s; "
                    .formatted(base.label(), String.join(", ", needed))
                + SETTING.formatted(lacking(RuntimeBase.CC, needed).isEmpty() ? "cc" : "slim"));
  }

  private static Optional<String> noGlibc(List<String> needed) {
    return needed.stream()
        .filter(name -> GLIBC.matcher(name).matches())
        .findFirst()
        .map(
            name ->
                "the base alpine has musl, but the binary links glibc's %s; ".formatted(name)
                    + SETTING.formatted("cc"));
  }

  private static Optional<String> lacking(RuntimeBase base, List<String> needed) {
    return needed.stream()
        .filter(name -> !has(base, name))
        .findFirst()
        .map(
            name ->
                "the base %s lacks %s, which the binary links; ".formatted(base.label(), name)
                    + SETTING.formatted(ONLY_CC.contains(name) ? "cc" : "slim"));
  }

  private static boolean has(RuntimeBase base, String library) {
    return GLIBC.matcher(library).matches()
        || library.equals(LIBGCC)
        || (base == RuntimeBase.CC && ONLY_CC.contains(library));
  }

  private static Optional<String> tooOld(RuntimeBase base, Optional<String> glibc) {
    // Chainguard's images follow the newest glibc.
    if (base == RuntimeBase.CHAINGUARD) {
      return Optional.empty();
    }
    return glibc
        .filter(version -> BY_VERSION.compare(version, DEBIAN_GLIBC) > 0)
        .map(
            version ->
                ("the binary asks for glibc %s, newer than the base %s's %s; build it with the"
                        + " builder of build-templates/bases, or set base = \"static\" under"
                        + " [package.metadata.slipway]")
                    .formatted(version, base.label(), DEBIAN_GLIBC));
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
