package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Log;
import dev.slipway.console.ask.Split;
import dev.slipway.console.ask.Whole;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.Stage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One release.
 *
 * @param log the end of its build's log
 * @param commands what the caller can ask of it now
 * @param asked what the caller has asked for just now
 * @param links where else it can be looked at, address by name
 */
public record ReleasePage(
    Whole whole,
    Split split,
    Log log,
    Set<Command.Kind> commands,
    Optional<Command.Kind> asked,
    Map<String, String> links) {

  private static final List<String> WAY =
      List.of("received", "building", "built", "candidate", "canary", "live");

  public ReleasePage {
    commands = Set.copyOf(commands);
  }

  /** The page. */
  public String html(Frame frame) {
    Release release = whole.release();
    return frame.page(
        Words.name(release),
        Html.of(
            el("h1", Words.name(release)),
            el("p")
                .cls("faint")
                .with(
                    Html.text(release.id() + " of "),
                    frame.link("services/" + release.id().service(), release.id().service().value())),
            asked.map(ReleasePage::asked).orElse(Html.NOTHING),
            status(frame),
            new Buttons(release, commands).html(frame),
            Timeline.of(whole.events()),
            whole.buildId().map(id -> log(frame)).orElse(Html.NOTHING),
            ReleaseParts.changes(release),
            ReleaseParts.image(release),
            ReleaseParts.warnings(release),
            ReleaseParts.facts(release, links)));
  }

  private static Html asked(Command.Kind kind) {
    return el("p", "Asked for: %s. This page shows what becomes of it.".formatted(Words.command(kind)))
        .cls("notice")
        .set("role", "status");
  }

  private Html status(Frame frame) {
    Release release = whole.release();
    Tag status =
        Frame.live("status", "Status")
            .set("data-said", Words.name(release) + ": " + Words.stage(release.stage()))
            .with(el("p").with(Pieces.stage(release.stage())), way(release));
    release.stage().why().ifPresent(why -> status.with(el("pre", Escaped.printed(why)).cls("why")));
    String version = release.crate().map(c -> c.version()).orElse(release.id().toString());
    return status.with(
        new TrafficBar(frame, split, Map.of(release.id().revision(), version)).html());
  }

  /** The stages a release goes through, and how far this one has come. */
  private static Html way(Release release) {
    Set<String> been = new LinkedHashSet<>();
    release.history().forEach(entered -> been.add(entered.stage()));
    String now = release.stage().label();
    Tag list = el("ol").cls("way");
    for (String stage : WAY) {
      Tag item = el("li", stage);
      if (stage.equals(now)) {
        item.cls("now").set("aria-current", "step");
      } else if (been.contains(stage)) {
        item.cls("been");
      }
      list.with(item);
    }
    return WAY.contains(now)
        ? list
        : list.with(
            el("li", Words.stage(release.stage())).cls("now").set("aria-current", "step"));
  }

  private Html log(Frame frame) {
    String id = whole.release().id().toString();
    boolean runs = whole.release().stage() instanceof Stage.Building;
    Tag section = Frame.live("log", runs ? "Build log, as it grows" : "Build log");
    if (runs) {
      section.set("data-every", 2);
    }
    if (log.text().isEmpty()) {
      section.with(el("p", "Nothing there yet.").cls("faint"));
    } else {
      section.with(
          el("pre", Escaped.printed(log.text()))
              .id("log-text")
              .cls("log")
              .set("tabindex", "0")
              .set("aria-label", "The end of the build log"));
    }
    return section.with(
        el("p").with(el("a", "The whole log").href(frame.to("releases/" + id + "/log"))));
  }
}
