package dev.slipway.build;

import dev.slipway.release.RuntimeBase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a binary runs on a base: the ELF file decides, whatever was planned. */
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

  /** The same, for a binary at hand. */
  static Optional<String> problem(RuntimeBase base, ElfFacts binary) {
    if (binary.isStatic()) {
      return Optional.empty();
    }
    Optional<String> problem = problem(base, binary.needed(), binary.glibc());
    boolean staticOnly =
        base == RuntimeBase.SCRATCH || base == RuntimeBase.STATIC || base == RuntimeBase.MUSL;
    return staticOnly && problem.isEmpty()
        ? Optional.of(
            "the binary asks for the loader %s, which the base %s has not; "
                    .formatted(binary.interpreter().orElse(""), base.label())
                + SETTING.formatted("cc"))
        : problem;
  }

  /** The smallest base that can run a binary. */
  static RuntimeBase smallest(ElfFacts binary) {
    if (binary.isStatic()) {
      return RuntimeBase.STATIC;
    }
    if (binary.needed().stream().anyMatch(name -> name.startsWith("libc.musl-"))) {
      return RuntimeBase.ALPINE;
    }
    return problem(RuntimeBase.CC, binary).isEmpty() ? RuntimeBase.CC : RuntimeBase.SLIM;
  }

  private static Optional<String> onlyStatic(RuntimeBase base, List<String> needed) {
    return needed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the base %s runs static binaries only, but this one links %s; "
                    .formatted(base.label(), String.join(", ", needed))
                + SETTING.formatted(
                    lacking(RuntimeBase.CC, needed).isEmpty() ? "cc" : "slim"));
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
        .filter(version -> ElfFacts.BY_VERSION.compare(version, DEBIAN_GLIBC) > 0)
        .map(
            version ->
                ("the binary asks for glibc %s, newer than the base %s's %s; build it with the"
                        + " builder of build-templates/bases, or set base = \"static\" under"
                        + " [package.metadata.slipway]")
                    .formatted(version, base.label(), DEBIAN_GLIBC));
  }
}
