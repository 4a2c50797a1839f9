package dev.slipway.cli;

import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Plain;
import dev.slipway.cli.terminal.Table;
import dev.slipway.release.Crate;
import dev.slipway.release.Delivery;
import dev.slipway.release.Image;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import dev.slipway.release.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Releases as a table: what became of each, how large its image is, how long it took. */
public final class ReleaseTable {

  private ReleaseTable() {}

  /**
   * The table's lines.
   *
   * @param releases newest first
   */
  public static List<String> lines(List<Release> releases) {
    return table(releases).lines().stream().map(Line::plain).toList();
  }

  /**
   * The table.
   *
   * @param releases newest first
   */
  public static Table table(List<Release> releases) {
    Map<Release, Long> change = changes(releases);
    Table table =
        new Table("RELEASE", "VERSION", "STAGE", "COMPRESSED", "UNPACKED", "CHANGE", "SECONDS");
    for (Release release : releases) {
      Optional<Image> image = release.image();
      table.row(
          release.id().toString(),
          release.crate().map(Crate::version).map(Plain::line).orElse("-"),
          release.stage().label(),
          image.map(i -> bytes(i.compressedBytes())).orElse("-"),
          image.map(i -> bytes(i.uncompressedBytes())).orElse("-"),
          Optional.ofNullable(change.get(release)).map(ReleaseTable::signed).orElse("-"),
          seconds(release));
    }
    return table;
  }

  /** Why releases ended other than live, a paragraph each. */
  public static List<String> reasons(List<Release> releases) {
    List<String> lines = new ArrayList<>();
    for (Release release : releases) {
      Optional<String> why = release.stage().why().filter(text -> isFailure(release.stage()));
      if (why.isPresent()) {
        lines.add("");
        lines.add(release.id() + " " + release.stage().label() + ":");
        why.get().lines().map(line -> "  " + Plain.line(line)).forEach(lines::add);
        lines.addAll(verdict(release));
      }
    }
    return lines;
  }

  /** Every measure of the gate's last verdict. */
  public static List<String> verdict(Release release) {
    List<String> lines = new ArrayList<>();
    if (!release.verdicts().isEmpty()) {
      Verdict last = release.verdicts().getLast();
      lines.add("  the gate: " + last.outcome().name().toLowerCase(Locale.ROOT));
      last.words().forEach(words -> lines.add("    " + Plain.line(words)));
    }
    return lines;
  }

  private static boolean isFailure(Stage stage) {
    return stage instanceof Stage.Rejected
        || stage instanceof Stage.BuildFailed
        || stage instanceof Stage.Failed
        || stage instanceof Stage.RolledBack
        || stage instanceof Stage.Held
        || stage instanceof Stage.AwaitingApproval
        || stage instanceof Stage.Paused;
  }

  /** Bytes more or fewer than the image of the same service built before. */
  private static Map<Release, Long> changes(List<Release> newestFirst) {
    Map<Release, Long> changes = new HashMap<>();
    Map<String, Long> before = new HashMap<>();
    for (Release release : newestFirst.reversed()) {
      release
          .image()
          .ifPresent(
              image -> {
                Long last =
                    before.put(release.id().service().value(), image.compressedBytes());
                if (last != null) {
                  changes.put(release, image.compressedBytes() - last);
                }
              });
    }
    return changes;
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static String signed(long bytes) {
    return String.format(Locale.ROOT, "%+,d", bytes);
  }

  private static String seconds(Release release) {
    return String.format(Locale.ROOT, "%.1f", Delivery.took(release).toMillis() / 1000.0);
  }
}
