package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Serving;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first page: every service with its live split and last release, and the latest releases.
 *
 * @param releases newest first
 */
public record Overview(List<Row> rows, List<Release> releases) {

  /**
   * One service.
   *
   * @param last its newest release
   */
  public record Row(ServiceRecord service, Serving serving, Optional<Release> last) {}

  public Overview {
    rows = List.copyOf(rows);
    releases = List.copyOf(releases);
  }

  /** The page. */
  public String html(Frame frame) {
    Map<String, String> versions = Pieces.versions(releases);
    Tag cards = el("ul").cls("services");
    rows.forEach(row -> cards.with(card(frame, row, versions)));
    Tag services = Frame.live("services", "Live traffic");
    services.with(
        rows.isEmpty()
            ? el("p", "None yet. Upload a crate: slipway push DIR.").cls("faint")
            : cards);
    return frame.page(
        "Services",
        Html.of(
            el("h1", "Services"),
            services,
            Frame.live("latest", "Latest releases")
                .with(
                    Pieces.table(frame, releases),
                    el("p").with(frame.link("releases", "All releases")))));
  }

  private static Tag card(Frame frame, Row row, Map<String, String> versions) {
    String name = row.service().name().value();
    Tag card =
        el("li")
            .cls("card")
            .with(
                el("h3").with(frame.link("services/" + name, name)),
                new RegionParts(frame, row.serving(), versions).html());
    row.last()
        .ifPresent(
            last ->
                card.with(
                    el("p")
                        .with(
                            Html.text("Last release "),
                            frame.link("releases/" + last.id(), Words.name(last)),
                            Html.text(" "),
                            Pieces.stage(last.stage()))));
    card.with(Pieces.hold(row.service()));
    row.serving()
        .here()
        .uri()
        .filter(Tag::isAddress)
        .filter(uri -> row.serving().regions().isEmpty())
        .ifPresent(uri -> card.with(el("p").with(el("a", uri).href(uri))));
    return card;
  }
}
