package dev.slipway.local.builds.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an application's binary stands on in its image, made from this machine's files: nothing for
 * {@code scratch}; accounts, certificates and /tmp for {@code static}, {@code musl} and {@code
 * alpine}; also the C library's family for {@code cc} and {@code chainguard}; and for anything else
 * also every further library the binary needs.
 */
public final class Base {

  public static final int NONROOT = 65532;

  private static final String SCRATCH = "scratch";

  /** Bases without glibc: what asks for a loader does not run there. */
  private static final Set<String> STATIC = Set.of(SCRATCH, "static", "musl", "alpine");

  private static final Set<String> GLIBC =
      Set.of(
          "libc.so.6", "libm.so.6", "libgcc_s.so.1", "libpthread.so.0", "libdl.so.2", "librt.so.1");

  /** What "cc" images hold besides. */
  private static final Set<String> CC =
      Set.of("libstdc++.so.6", "libssl.so.3", "libcrypto.so.3");

  private static final List<Path> CERTIFICATES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/cert.pem"));

  private final String name;

  public Base(String name) {
    this.name = name;
  }

  /** Why a binary does not run on this base, and what to do; nothing when it does. */
  public Optional<String> refusal(String bin, Elf elf) {
    if (STATIC.contains(name) && elf.interpreter() != null) {
      return Optional.of(
          ("The base image is '%s', but the binary '%s' is dynamically linked: it needs %s and"
                  + " the loader %s. Link it statically (RUSTFLAGS: -C target-feature=+crt-static),"
                  + " or choose the base 'cc'.")
              .formatted(name, bin, libraries(elf.needed()), elf.interpreter()));
    }
    List<String> missing = elf.needed().stream().filter(library -> !holds(library)).toList();
    if (!missing.isEmpty()) {
      String other =
          CC.containsAll(missing)
              ? "Choose the base 'cc'."
              : "Choose the base 'slim', or build the dependency from source (its 'vendored' feature).";
      return Optional.of(
          "The base image is '%s', but the binary '%s' needs %s, which it does not hold. %s"
              .formatted(name, bin, libraries(missing), other));
    }
    return Optional.empty();
  }

  /** Where it can be given what it lacks, it holds everything. */
  private boolean holds(String library) {
    return switch (name) {
      case "cc" -> GLIBC.contains(library) || CC.contains(library) || isLoader(library);
      case "chainguard" -> GLIBC.contains(library) || isLoader(library);
      default -> true;
    };
  }

  private static String libraries(List<String> names) {
    return names.isEmpty() ? "no library" : String.join(", ", names);
  }

  private static boolean isLoader(String library) {
    return library.startsWith("ld-linux");
  }

  /** Its layer, beneath that binary. */
  public Layer layer(Elf elf, BaseLayers made) throws IOException {
    LayerFiles files = new LayerFiles();
    if (name.equals(SCRATCH)) {
      return made.of(files);
    }
    accounts(files);
    Optional<Path> certificates = CERTIFICATES.stream().filter(Files::isRegularFile).findFirst();
    if (certificates.isPresent()) {
      files.file("/etc/ssl/certs/ca-certificates.crt", 0644, certificates.get());
    }
    if (!STATIC.contains(name)) {
      libraries(files, elf);
    }
    return made.of(files);
  }

  private static void accounts(LayerFiles files) {
    files
        .folder("/tmp", 01777, 0)
        .folder("/home/nonroot", 0700, NONROOT)
        .file(
            "/etc/passwd",
            0644,
            """
            root:x:0:0:root:/root:/sbin/nologin
            nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
            nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
            """)
        .file(
            "/etc/group",
            0644,
            """
            root:x:0:
            nobody:x:65534:
            nonroot:x:65532:
            """)
        .file("/etc/nsswitch.conf", 0644, "hosts: files dns\n");
  }

  private static void libraries(LayerFiles files, Elf elf) throws IOException {
    Set<String> wanted = new TreeSet<>(elf.needed());
    wanted.addAll(List.of("libc.so.6", "libm.so.6", "libgcc_s.so.1"));
    for (Map.Entry<String, Path> each : new SystemLibraries().resolve(wanted).entrySet()) {
      files.file(each.getKey(), 0755, each.getValue());
    }
    if (elf.interpreter() != null) {
      files.file(elf.interpreter(), 0755, Path.of(elf.interpreter()).toRealPath());
    }
  }
}
