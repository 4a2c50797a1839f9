package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Selection;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceName;
import java.util.List;

/**
 * A page of releases.
 *
 * @param releases newest first; as many as asked for when there may be more
 */
public record ReleasesPage(Selection selection, List<Release> releases) {

  public ReleasesPage {
    releases = List.copyOf(releases);
  }

  /** The page. */
  public String html(Frame frame) {
    String of = selection.service().map(ServiceName::value).map(s -> " of " + s).orElse("");
    Tag list = Frame.live("releases", "Newest first").with(Pieces.table(frame, releases));
    if (releases.size() == selection.limit()) {
      String service =
          selection.service().map(ServiceName::value).map(s -> "&service=" + s).orElse("");
      list.with(
          el("p")
              .with(
                  frame.link(
                      "releases?before=%s%s".formatted(releases.getLast().id(), service),
                      "Older ones")));
    }
    return frame.page("Releases" + of, Html.of(el("h1", "Releases" + of), list));
  }
}
