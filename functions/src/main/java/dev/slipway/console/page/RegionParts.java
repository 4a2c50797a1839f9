package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Serving;
import dev.slipway.release.RegionStand;
import dev.slipway.release.Stage;
import java.util.List;
import java.util.Map;

/**
 * The traffic of a service, region by region where it runs in several.
 *
 * @param versions of the revisions, as far as they are known
 */
record RegionParts(Frame frame, Serving serving, Map<String, String> versions) {

  /** Without what becomes of any release there. */
  Html html() {
    return html(List.of());
  }

  /** With how far a release is in each of them. */
  Html html(Stage stage) {
    return html(RegionStand.of(stage));
  }

  private Html html(List<RegionStand> stands) {
    if (serving.regions().isEmpty()) {
      return new TrafficBar(frame, serving.here(), versions).html();
    }
    Tag list = el("ul").cls("regions");
    for (Serving.InRegion each : serving.regions()) {
      Tag head = el("p").with(el("b", each.region()));
      stands.stream()
          .filter(stand -> stand.region().equals(each.region()))
          .forEach(stand -> head.with(Html.text(" "), el("span", stand.words()).cls("faint")));
      each.traffic()
          .uri()
          .filter(Tag::isAddress)
          .ifPresent(uri -> head.with(Html.text(" "), el("a", uri).href(uri)));
      list.with(
          el("li").with(head, new TrafficBar(frame, each.traffic(), versions).html()));
    }
    return list;
  }
}
