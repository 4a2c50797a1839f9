package dev.slipway.notify;

import dev.slipway.release.Advisory;
import dev.slipway.release.AdvisoryReport;
import dev.slipway.release.BuildCost;
import dev.slipway.release.ByteSize;
import dev.slipway.release.Changes;
import dev.slipway.release.Contents;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.NaiveImage;
import dev.slipway.release.Origin;
import dev.slipway.release.RegionShares;
import dev.slipway.release.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the ledger has on a release's image, in a few lines of mrkdwn. */
final class LedgerLines {

  private static final int MAX_WARNINGS = 5;

  private LedgerLines() {}

  /**
   * A line for where it was promoted from, one for the image, one for what changed, one for each measure of the gate's last verdict, one
   * for each warning; nothing before it is built.
   */
  static String of(Release release) {
    List<String> lines = new ArrayList<>();
    release.journey().origin().map(LedgerLines::promoted).ifPresent(lines::add);
    lines.add(RegionShares.of(release.stage()));
    release.image().map(image -> image(release, image)).ifPresent(lines::add);
    Optional<Contents> contents = release.contents();
    contents
        .flatMap(Contents::changes)
        .map(LedgerLines::changes)
        .map(Markup::escape)
        .ifPresent(lines::add);
    contents.flatMap(Contents::advisories).map(LedgerLines::advisories).ifPresent(lines::add);
    verdict(release).ifPresent(lines::add);
    warnings(release, lines);
    lines.removeIf(String::isEmpty);
    return String.join("\n", lines);
  }

  /** {@code promoted from staging hello-0123456789ab}, its id a link where there is a page. */
  static String promoted(Origin origin) {
    String id = "`" + origin.release() + "`";
    return "promoted from %s %s"
        .formatted(
            Markup.escape(origin.environment()),
            origin.page().map(page -> Blocks.link(page, id)).orElse(id));
  }

  private static String image(Release release, Image image) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "image "
            + ByteSize.shown(image.compressedBytes())
            + (image.uncompressedBytes() < 0
                ? ""
                : " (%s unpacked)".formatted(ByteSize.shown(image.uncompressedBytes()))));
    if (image.layers().size() > 1) {
      parts.add(
          "base %s, app %s"
              .formatted(ByteSize.shown(image.baseBytes()), ByteSize.shown(image.appBytes())));
    }
    Optional<Contents.Growth> growth = release.contents().flatMap(Contents::growth);
    growth.map(LedgerLines::growth).ifPresent(parts::add);
    if (growth.isEmpty() && release.contents().isPresent()) {
      parts.add(
          "where an untended one has some %.0f MB (documented)"
              .formatted(NaiveImage.BYTES / 1e6));
    }
    release.cost().map(LedgerLines::cost).ifPresent(parts::add);
    return String.join(", ", parts);
  }

  private static String growth(Contents.Growth growth) {
    if (growth.bytes() == 0) {
      return "no larger than what served";
    }
    return ByteSize.growth(growth.bytes(), growth.percent());
  }

  private static String cost(BuildCost cost) {
    Duration time = cost.time();
    return "built in " + Style.words(time)
        + cost.machine().map(machine -> " on " + machine).orElse("")
        + cost.usd().map(usd -> String.format(Locale.ROOT, ", $%.3f", usd)).orElse("");
  }

  private static String changes(Changes changes) {
    return "since " + changes.since() + ": " + changes.summary();
  }

  /** Those the policy says nothing of are only counted; it may have told them one by one. */
  private static String advisories(AdvisoryReport report) {
    long all = (long) report.found().size() + report.more();
    long vulnerabilities = report.found().stream().filter(a -> !a.informational()).count();
    long fresh = report.found().stream().filter(Advisory::isNew).count();
    return all == 0
        ? ""
        : "advisories: %d, of which %d vulnerabilities; %d new".formatted(all, vulnerabilities, fresh);
  }

  /** The gate's last word, as far as it was asked. */
  private static Optional<String> verdict(Release release) {
    return release.verdicts().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "gate: %s. %s"
                .formatted(
                    release.verdicts().getLast().outcome().name().toLowerCase(Locale.ROOT),
                    Markup.escape(String.join("; ", release.verdicts().getLast().words()))));
  }

  private static void warnings(Release release, List<String> lines) {
    List<Finding> all = new ArrayList<>(release.warnings());
    release.contents().ifPresent(contents -> all.addAll(contents.gaps()));
    all.stream()
        .limit(MAX_WARNINGS)
        .map(finding -> ":warning: " + Markup.escape(finding.toString()))
        .forEach(lines::add);
    if (all.size() > MAX_WARNINGS) {
      lines.add(":warning: and " + (all.size() - MAX_WARNINGS) + " more warnings");
    }
  }
}
