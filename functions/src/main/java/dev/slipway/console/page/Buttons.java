package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.release.Actions;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import java.util.Locale;
import java.util.Set;

/**
 * What can be asked of a release now, each with a form that asks why. Without a script they work as
 * they do with one.
 */
record Buttons(Release release, Set<Command.Kind> commands) {

  private static final int MAX_REASON = 500;

  Html html(Frame frame) {
    Tag section = Frame.live("actions", "What can be done");
    if (commands.isEmpty()) {
      return section.with(el("p", "Nothing, by you and now.").cls("faint"));
    }
    Tag row = el("div").cls("actions");
    Actions.shown(commands).forEach(kind -> row.with(button(frame, kind)));
    return section.with(row);
  }

  private Html button(Frame frame, Command.Kind kind) {
    String id = "do-" + kind.name().toLowerCase(Locale.ROOT);
    String label = Words.command(kind);
    return el("details")
        .id(id)
        .cls(Words.isGrave(kind) ? "action grave" : "action")
        .set("name", "action")
        .with(el("summary", label).id(id + "-open"), form(frame, kind, id));
  }

  private Html form(Frame frame, Command.Kind kind, String id) {
    return el("form")
        .set("method", "post")
        .set("action", frame.to("releases/" + release.id() + "/commands"))
        .with(
            el("p", Words.meaning(kind)),
            hidden("kind", kind.name()),
            hidden("token", frame.token()),
            el("label", "Why?").set("for", id + "-reason"),
            el("input")
                .id(id + "-reason")
                .set("name", "reason")
                .set("maxlength", MAX_REASON)
                .set("autocomplete", "off")
                .flag("required"),
            el("button", Words.command(kind) + " " + Words.name(release)).set("type", "submit"));
  }

  private static Tag hidden(String name, String value) {
    return el("input").set("type", "hidden").set("name", name).set("value", value);
  }
}
