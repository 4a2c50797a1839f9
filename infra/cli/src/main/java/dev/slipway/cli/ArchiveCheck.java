package dev.slipway.cli;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Folders;
import dev.slipway.cli.terminal.Plain;
import dev.slipway.local.state.IoReason;
import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import dev.slipway.source.SourceArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Checks an archive on this machine, by the function's own code. */
final class ArchiveCheck {

  private ArchiveCheck() {}

  static SourceArchive.Checked check(Path archive, String name, Limits limits) {
    try {
      Path work = Files.createTempDirectory("slipway-check-");
      try {
        return SourceArchive.check(archive, name, work, limits);
      } finally {
        Folders.delete(work);
      }
    } catch (IOException e) {
      throw new Failure("Tried to check %s but failed: %s".formatted(archive, IoReason.of(e)), e);
    }
  }

  /** One line a finding. */
  static String lines(List<Finding> findings) {
    return findings.stream()
        .map(finding -> "  " + Plain.line(finding.toString()))
        .collect(Collectors.joining("\n"));
  }
}
