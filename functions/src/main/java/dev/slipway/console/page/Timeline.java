package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Event;
import java.util.List;

/** Every event of a release: what, who, why, when. */
final class Timeline {

  private static final String SLIPWAY = "slipway";

  private Timeline() {}

  /** Newest first, since that is what one comes for. */
  static Html of(List<Event> events, Linked linked) {
    Tag list = el("ol").cls("timeline").flag("reversed");
    for (int i = events.size() - 1; i >= 0; i--) {
      list.with(item(events.get(i), Words.where(events, i), linked));
    }
    return Frame.live("timeline", "What happened").with(list);
  }

  private static Html item(Event event, String where, Linked linked) {
    String[] said = Words.event(event.event()).split("\n", 2);
    Tag item =
        el("li").with(Shown.time(event.at()), el("p").with(linked.in(said[0] + where)));
    if (said.length > 1) {
      item.with(el("pre", said[1]));
    }
    boolean named = event.actor().equals(SLIPWAY) || Words.names(said[0], event.actor());
    return named ? item : item.with(el("p", "by " + event.actor()).cls("by"));
  }
}
