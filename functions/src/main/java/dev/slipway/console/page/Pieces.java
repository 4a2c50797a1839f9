package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.release.ByteSize;
import dev.slipway.release.Contents;
import dev.slipway.release.Image;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What several pages show. */
final class Pieces {

  private Pieces() {}

  static Tag stage(Stage stage) {
    return el("span", Words.stage(stage))
        .cls("stage " + Words.tone(stage).name().toLowerCase(Locale.ROOT));
  }

  /** That a person holds the service, where one does. */
  static Html hold(ServiceRecord service) {
    return service
        .hold()
        .<Html>map(hold -> el("p", "No rollout begins: held by " + hold).cls("notice"))
        .orElse(Html.NOTHING);
  }

  /** Versions by revision, as far as {@code releases} tell. */
  static Map<String, String> versions(List<Release> releases) {
    return releases.stream()
        .collect(
            Collectors.toMap(
                r -> r.id().revision(),
                r -> r.crate().map(c -> c.version()).orElse(r.id().toString()),
                (a, b) -> a));
  }

  /** Releases as a table, newest first. */
  static Html table(Frame frame, List<Release> releases) {
    if (releases.isEmpty()) {
      return el("p", "No release yet.").cls("faint");
    }
    Tag body = el("tbody");
    releases.forEach(release -> body.with(row(frame, release)));
    Tag head = el("tr");
    for (String name : List.of("Release", "Stage", "Image", "Change", "Began (UTC)")) {
      head.with(el("th", name).set("scope", "col"));
    }
    return el("div").cls("wide").with(el("table").cls("cards").with(el("thead").with(head), body));
  }

  private static Tag row(Frame frame, Release release) {
    return el("tr")
        .with(
            el("th")
                .set("scope", "row")
                .with(frame.link("releases/" + release.id(), Words.name(release))),
            cell("Stage", stage(release.stage())),
            cell(
                "Image",
                Html.text(
                    release.image().map(Image::compressedBytes).map(ByteSize::shown).orElse("–"))),
            cell("Change", Html.text(growth(release).orElse("–"))),
            cell("Began", Shown.time(release.history().getFirst().at())));
  }

  private static Tag cell(String label, Html content) {
    return el("td").set("data-label", label).with(content);
  }

  static Optional<String> growth(Release release) {
    return release
        .contents()
        .flatMap(Contents::growth)
        .map(growth -> ByteSize.growth(growth.bytes(), growth.percent()));
  }

  static Html sizes(ServiceRecord service, Map<String, String> versions) {
    List<Chart.Bar> bars =
        service.sizes().stream()
            .map(
                size ->
                    new Chart.Bar(
                        versions.getOrDefault(size.release().revision(), size.release().toString()),
                        size.compressedBytes(),
                        0,
                        ByteSize.shown(size.compressedBytes())))
            .toList();
    return bars.isEmpty()
        ? el("p", "No image yet.").cls("faint")
        : new Chart("sizes-chart", "Compressed image size", "Release", bars).html();
  }

  /** A term and what it is, in a list of such. */
  static void fact(Tag list, String term, Html value) {
    list.with(el("div").with(el("dt", term), el("dd").with(value)));
  }

  static void fact(Tag list, String term, String value) {
    fact(list, term, Html.text(value));
  }
}
