package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.console.ask.Split;
import dev.slipway.release.ReleaseId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A traffic split as a bar, and in words beside it. */
record TrafficBar(Frame frame, Split split, Map<String, String> versions) {

  Html html() {
    if (split.shares().isEmpty()) {
      return el("p", "Nothing serves it yet.").cls("faint");
    }
    Tag list = el("ul").cls("shares");
    List<Split.Share> shares = split.shares();
    for (int i = 0; i < shares.size(); i++) {
      list.with(
          el("li").with(el("span").cls("dot s" + Math.min(i, 3)), words(shares.get(i))));
    }
    return Html.of(svg(), list);
  }

  private Tag svg() {
    Tag svg =
        el("svg")
            .cls("split")
            .set("viewBox", "0 0 100 4")
            .set("preserveAspectRatio", "none")
            .set("role", "img")
            .set("aria-label", "Traffic: " + inWords());
    int x = 0;
    for (int i = 0; i < split.shares().size(); i++) {
      int percent = split.shares().get(i).percent();
      svg.with(
          el("rect")
              .cls("s" + Math.min(i, 3))
              .set("x", x)
              .set("y", 0)
              .set("width", percent)
              .set("height", 4));
      x += percent;
    }
    return svg;
  }

  String inWords() {
    return split.shares().stream()
        .map(share -> String.format(Locale.ROOT, "%d %% %s", share.percent(), version(share)))
        .collect(Collectors.joining(", "));
  }

  private String version(Split.Share share) {
    return versions.getOrDefault(share.revision(), share.revision());
  }

  private Html words(Split.Share share) {
    Tag text = el("span").with(el("b", share.percent() + " %"), Html.text(" "));
    return ReleaseId.find(share.revision()).isPresent()
        ? text.with(frame.link("releases/" + share.revision(), version(share)))
        : text.with(version(share));
  }
}
