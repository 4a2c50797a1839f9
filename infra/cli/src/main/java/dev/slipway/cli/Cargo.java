package dev.slipway.cli;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.pack.Pack;
import dev.slipway.cli.pack.Packing;
import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import dev.slipway.source.SourceArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An archive ready to be uploaded, checked as the function checks it.
 *
 * @param name the object it becomes
 * @param pack what was packed; empty for an archive that somebody made
 */
record Cargo(Path archive, String name, Optional<Pack> pack, SourceArchive.Checked.Good checked)
    implements AutoCloseable {

  /**
   * Packs a folder, or takes an archive as it is, and checks it.
   *
   * @param limits the environment's
   * @throws Failure when it cannot be packed, or the function would refuse it
   */
  static Cargo of(Path source, boolean secrets, Limits limits) throws IOException {
    Path real = source.toRealPath();
    if (!Files.isDirectory(real)) {
      String name = String.valueOf(real.getFileName());
      return new Cargo(real, name, Optional.empty(), checked(real, name, limits));
    }
    Pack pack = Packing.of(real, secrets);
    String name = pack.root().getFileName() + ".tar.gz";
    refuseTooLarge(pack, name, limits);
    Path archive = Files.createTempFile("slipway-push-", ".tar.gz");
    try {
      pack.write(archive);
      return new Cargo(archive, name, Optional.of(pack), checked(archive, name, limits));
    } catch (RuntimeException e) {
      Files.delete(archive);
      throw e;
    }
  }

  /** The check would find it as well, after minutes of compressing it. */
  private static void refuseTooLarge(Pack pack, String name, Limits limits) {
    List<Finding> findings =
        pack.sizes().entrySet().stream()
            .filter(file -> file.getValue() > limits.file())
            .map(file -> Finding.tooLarge(file.getKey(), file.getValue(), limits))
            .toList();
    if (!findings.isEmpty()) {
      throw refused(name, findings);
    }
  }

  private static Failure refused(String name, List<Finding> findings) {
    return new Failure("%s cannot be released:%n%s".formatted(name, ArchiveCheck.lines(findings)));
  }

  private static SourceArchive.Checked.Good checked(Path archive, String name, Limits limits) {
    return switch (ArchiveCheck.check(archive, name, limits)) {
      case SourceArchive.Checked.Good good -> good;
      case SourceArchive.Checked.Bad bad -> throw refused(name, bad.findings());
    };
  }

  List<Crate> crates() {
    return checked.crates();
  }

  List<Finding> warnings() {
    return checked.warnings();
  }

  List<String> notes() {
    return pack.map(Pack::notes).orElse(List.of());
  }

  long bytes() throws IOException {
    return Files.size(archive);
  }

  @Override
  public void close() throws IOException {
    if (pack.isPresent()) {
      Files.deleteIfExists(archive);
    }
  }
}
