package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Log;
import dev.slipway.console.ask.Serving;
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
 * @param versions of the revisions that serve
 * @param log the end of its build's log
 * @param commands what the caller can ask of it now
 * @param asked what the caller has asked for just now
 * @param links where else it can be looked at, address by name
 */
public record ReleasePage(
    Whole whole,
    Serving serving,
    Map<String, String> versions,
    Log log,
    Set<Command.Kind> commands,
    Optional<Command.Kind> asked,
    Map<String, String> links) {

  private static final List<String> WAY =
      List.of("received", "building", "built", "candidate", "canary", "live");

  public ReleasePage {
    commands = Set.copyOf(commands);
    versions = Map.copyOf(versions);
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
            ReleaseParts.gates(release),
            Timeline.of(whole.events(), new Linked(frame, release.id())),
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
    Linked linked = new Linked(frame, release.id());
    why(release.stage())
        .map(why -> el("pre").cls("why").with(linked.in(Escaped.printed(why))))
        .ifPresent(status::with);
    return status.with(
        new RegionParts(frame, serving, versions).html(release.stage()), Pieces.hold(whole.service()));
  }

  private static Optional<String> why(Stage stage) {
    return stage instanceof Stage.RolledBack back
        ? Optional.of("%s\n%s serves again".formatted(back.reason(), back.restored()))
        : stage.why();
  }

  /** The stages it has been in, the one it is in, and those that lie ahead of it. */
  private static Html way(Release release) {
    String now = release.stage().label();
    Set<String> been = new LinkedHashSet<>();
    release.history().forEach(entered -> been.add(entered.stage()));
    been.remove(now);
    Tag list = el("ol").cls("way");
    been.forEach(stage -> list.with(el("li", words(stage)).cls("been")));
    list.with(el("li", words(now)).cls("now").set("aria-current", "step"));
    if (release.isActive() && !(release.stage() instanceof Stage.RollingBack)) {
      WAY.stream()
          .skip(WAY.indexOf(last(been, now)) + 1)
          .filter(stage -> !been.contains(stage))
          .forEach(stage -> list.with(el("li", stage)));
    }
    return list;
  }

  /** The furthest stage of the way that a release has come to. */
  private static String last(Set<String> been, String now) {
    return WAY.reversed().stream()
        .filter(stage -> been.contains(stage) || stage.equals(now))
        .findFirst()
        .orElse("");
  }

  private static String words(String label) {
    return label.replace('-', ' ');
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
