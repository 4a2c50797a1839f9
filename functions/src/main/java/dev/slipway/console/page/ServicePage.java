package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Serving;
import dev.slipway.release.Delivery;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service.
 *
 * @param stage of the release that is being rolled out, else of the live one
 * @param releases its latest, newest first
 */
public record ServicePage(
    ServiceRecord service,
    Serving serving,
    Optional<Stage> stage,
    List<Release> releases,
    Delivery delivery) {

  private static final int SHOWN = 20;

  public ServicePage {
    releases = List.copyOf(releases);
  }

  /** The page. */
  public String html(Frame frame) {
    String name = service.name().value();
    Map<String, String> versions = Pieces.versions(releases);
    RegionParts regions = new RegionParts(frame, serving, versions);
    Tag traffic =
        Frame.live("traffic", "Traffic")
            .with(Pieces.hold(service), stage.map(regions::html).orElseGet(regions::html));
    serving
        .here()
        .uri()
        .filter(uri -> serving.regions().isEmpty())
        .filter(Tag::isAddress)
        .ifPresent(uri -> traffic.with(el("p").with(el("a", uri).href(uri))));
    return frame.page(
        name,
        Html.of(
            el("h1", name),
            traffic,
            Frame.live("releases", "Releases")
                .with(
                    Pieces.table(frame, releases.stream().limit(SHOWN).toList()),
                    el("p").with(frame.link("releases?service=" + name, "All of " + name))),
            Frame.live("sizes", "Image sizes").with(Pieces.sizes(service, versions)),
            Frame.live("delivery", "Delivery").with(DeliveryPage.figures(delivery))));
  }
}
