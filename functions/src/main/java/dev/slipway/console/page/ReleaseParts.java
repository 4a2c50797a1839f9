package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.release.BuildCost;
import dev.slipway.release.BuildReport;
import dev.slipway.release.ByteSize;
import dev.slipway.release.Changes;
import dev.slipway.release.Contents;
import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Image;
import dev.slipway.release.NaiveImage;
import dev.slipway.release.Origin;
import dev.slipway.release.RegionShares;
import dev.slipway.release.Release;
import dev.slipway.release.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the ledger has on a release, part by part; a part of which there is nothing is left out. */
final class ReleaseParts {

  private ReleaseParts() {}

  static Html changes(Release release) {
    return release
        .contents()
        .flatMap(Contents::changes)
        .map(changes -> changes(changes))
        .orElse(Html.NOTHING);
  }

  private static Html changes(Changes changes) {
    Tag section =
        Frame.live("changed", "What changed")
            .with(el("p", "since %s: %s".formatted(changes.since(), changes.summary())));
    List<String> lines = new ArrayList<>(changes.settings());
    lines.addAll(changes.lines());
    if (changes.more() > 0) {
      lines.add("and %d more packages".formatted(changes.more()));
    }
    return lines.isEmpty() ? section : section.with(list(lines));
  }

  private static Tag list(List<String> lines) {
    Tag list = el("ul");
    lines.forEach(line -> list.with(el("li", line)));
    return list;
  }

  /** What the gate found at each step, the latest first. */
  static Html gates(Release release) {
    if (release.verdicts().isEmpty()) {
      return Html.NOTHING;
    }
    Tag section = Frame.live("gates", "What the gate found");
    release.verdicts().reversed().forEach(verdict -> section.with(gate(verdict)));
    return section;
  }

  private static Html gate(Verdict verdict) {
    Tag list = el("ul");
    verdict.words().forEach(words -> list.with(el("li", words)));
    String outcome = verdict.outcome().name().toLowerCase(Locale.ROOT);
    return el("div")
        .cls("card")
        .with(
            el("p")
                .with(
                    el("b", outcome),
                    Html.text(", %d requests, ".formatted(verdict.requests())),
                    Shown.time(verdict.since()),
                    Html.text(" to "),
                    Shown.time(verdict.until())),
            list);
  }

  static Html image(Release release) {
    return release.image().map(image -> image(release, image)).orElse(Html.NOTHING);
  }

  private static Html image(Release release, Image image) {
    Tag facts = el("dl").cls("facts");
    Pieces.fact(facts, "Compressed", size(image.compressedBytes()));
    Pieces.fact(
        facts,
        "Unpacked",
        image.uncompressedBytes() < 0 ? "not known" : size(image.uncompressedBytes()));
    Pieces.fact(facts, "Base", size(image.baseBytes()));
    Pieces.fact(facts, "Own layer", size(image.appBytes()));
    release
        .report()
        .map(BuildReport::binaryBytes)
        .ifPresent(bytes -> Pieces.fact(facts, "Binary", size(bytes)));
    Pieces.fact(
        facts,
        "Change",
        Pieces.growth(release)
            .orElse(
                "a first release; an untended image has some %.0f MB (documented)"
                    .formatted(NaiveImage.BYTES / 1e6)));
    Pieces.fact(facts, "Image", el("code", image.reference()));
    return Frame.live("image", "Image").with(facts, layers(image));
  }

  private static String size(long bytes) {
    return ByteSize.shown(bytes) + ", " + Shown.bytes(bytes);
  }

  private static Html layers(Image image) {
    Tag body = el("tbody");
    image
        .layers()
        .forEach(
            layer ->
                body.with(
                    el("tr")
                        .with(
                            el("th")
                                .set("scope", "row")
                                .with(el("code", shortened(layer.digest()))),
                            el("td", Shown.bytes(layer.compressedBytes())),
                            el(
                                "td",
                                layer.uncompressedBytes() < 0
                                    ? "not known"
                                    : Shown.bytes(layer.uncompressedBytes())))));
    Tag head = el("tr");
    for (String name : List.of("Layer", "Compressed", "Unpacked")) {
      head.with(el("th", name).set("scope", "col"));
    }
    return el("details")
        .id("layers")
        .with(
            el("summary", "Layers"),
            el("div").cls("wide").with(el("table").with(el("thead").with(head), body)));
  }

  private static String shortened(String digest) {
    return digest.length() > 19 ? digest.substring(0, 19) + "…" : digest;
  }

  static Html warnings(Release release) {
    List<String> lines = new ArrayList<>();
    release.warnings().stream().map(Finding::toString).forEach(lines::add);
    release.contents().ifPresent(c -> c.gaps().stream().map(Finding::toString).forEach(lines::add));
    release
        .contents()
        .flatMap(Contents::advisories)
        .ifPresent(
            report ->
                report.found().stream()
                    .map(advisory -> (advisory.isNew() ? "new: " : "") + advisory)
                    .forEach(lines::add));
    return lines.isEmpty() ? Html.NOTHING : Frame.live("warnings", "Warnings").with(list(lines));
  }


  static Html facts(Release release, Map<String, String> links) {
    Tag facts = el("dl").cls("facts");
    String regions = RegionShares.of(release.stage());
    if (!regions.isEmpty()) {
      Pieces.fact(facts, "Regions", regions);
    }
    release.journey().origin().ifPresent(origin -> origin(facts, origin));
    Pieces.fact(facts, "Upload", release.upload().toString());
    release
        .source()
        .ifPresent(
            source ->
                Pieces.fact(
                    facts, "SHA-256 of the canonical archive", el("code", source.sha256())));
    release.crate().ifPresent(crate -> crate(facts, crate));
    release.report().ifPresent(report -> report(facts, report));
    release.cost().ifPresent(cost -> Pieces.fact(facts, "Build", cost(cost)));
    Tag section = Frame.live("facts", "Origin").with(facts);
    links.forEach(
        (name, address) -> {
          if (Tag.isAddress(address)) {
            section.with(el("p").with(el("a", name).href(address)));
          }
        });
    return section;
  }

  private static void origin(Tag facts, Origin origin) {
    Optional<String> page = origin.page().filter(Tag::isAddress);
    Pieces.fact(
        facts,
        "Promoted from",
        page.isPresent()
            ? el("a", origin.toString()).href(page.get())
            : Html.text(origin.toString()));
    origin.by().ifPresent(by -> Pieces.fact(facts, "Asked by, in their word", by));
  }

  private static void crate(Tag facts, Crate crate) {
    Pieces.fact(
        facts, "Crate", "%s %s, edition %s".formatted(crate.name(), crate.version(), crate.edition()));
    Pieces.fact(facts, "Locked packages", Integer.toString(crate.packages()));
    crate
        .commit()
        .ifPresent(
            commit ->
                Pieces.fact(
                    facts,
                    "Git commit",
                    commit.sha1() + (commit.dirty() ? ", with changes not committed" : "")));
  }

  private static void report(Tag facts, BuildReport report) {
    Pieces.fact(facts, "Compiler", report.toolchain());
    Pieces.fact(
        facts,
        "Dependencies",
        report.cacheHit() ? "all from the cache" : "compiled, not from the cache");
    Pieces.fact(
        facts,
        "Linked with",
        report.needed().isEmpty() ? "nothing: static" : String.join(", ", report.needed()));
    report.trialRun().ifPresent(run -> Pieces.fact(facts, "Run once in its build", run.words()));
  }

  private static String cost(BuildCost cost) {
    return Shown.span(cost.time())
        + cost.machine().map(machine -> " on " + machine).orElse("")
        + cost.usd().map(usd -> String.format(Locale.ROOT, ", $%.3f", usd)).orElse("");
  }
}
