package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.access.Caller;
import java.util.List;
import java.util.Optional;

/**
 * What every page has around its content.
 *
 * @param root the console's root as seen from this page: {@code ""}, {@code "../"}, ...
 * @param caller who looks; empty where that is not known
 * @param token what a form must bring along
 */
public record Frame(String root, Optional<Caller> caller, String token) {

  private record Place(String path, String name) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("", "Services"),
          new Place("releases", "Releases"),
          new Place("delivery", "Delivery"));

  /** The address of one of our pages, from this one. */
  String to(String path) {
    return root.isEmpty() && path.isEmpty() ? "./" : root + path;
  }

  Tag link(String path, String text) {
    return el("a", text).href(to(path));
  }

  /** A whole page. */
  String page(String title, Html content) {
    return Html.document(
        el("html")
            .set("lang", "en")
            .with(head(title), el("body").set("data-root", to("")).with(body(content))));
  }

  private Html head(String title) {
    return el("head")
        .with(
            el("meta").set("charset", "utf-8"),
            el("meta").set("name", "viewport").set("content", "width=device-width, initial-scale=1"),
            el("meta").set("name", "color-scheme").set("content", "light dark"),
            el("title", title + " · Slipway"),
            el("link").set("rel", "icon").href(to(Assets.ICON.path())),
            Sheet.ONE,
            el("script").set("type", "module").set("src", to(Assets.SCRIPT.path())));
  }

  private Html body(Html content) {
    return Html.of(
        el("a", "Skip to the content").cls("skip").href("#main"),
        header(),
        el("main").id("main").set("tabindex", "-1").with(content),
        el("p").id("said").cls("unseen").set("role", "status").set("aria-live", "polite"));
  }

  private Html header() {
    Tag nav = el("nav").set("aria-label", "Pages");
    PLACES.forEach(place -> nav.with(link(place.path(), place.name())));
    Tag header = el("header").with(el("span", "Slipway").cls("brand"), nav);
    caller.ifPresent(
        c -> header.with(el("span", "%s, %s".formatted(c.name(), c.role().label())).cls("who")));
    return header.with(el("span", "as loaded").id("live").cls("live"));
  }

  /** A part that is kept up to date while the page is open. */
  static Tag live(String id, String heading) {
    return el("section")
        .id(id)
        .flag("data-live")
        .set("aria-labelledby", id + "-h")
        .with(el("h2", heading).id(id + "-h"));
  }
}
