package dev.slipway.console.page;

import dev.slipway.release.ReleaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text about a release in which the other releases of its service are links: those it waits for,
 * gave way to or gave back to.
 *
 * @param own the release the text is about, to which nothing leads
 */
record Linked(Frame frame, ReleaseId own) {

  /** {@code text}, each id in it a link. */
  Html in(String text) {
    Matcher id = others().matcher(text);
    List<Html> parts = new ArrayList<>();
    int from = 0;
    while (id.find()) {
      if (!id.group().equals(own.toString())) {
        parts.add(Html.text(text.substring(from, id.start())));
        parts.add(frame.link("releases/" + id.group(), id.group()));
        from = id.end();
      }
    }
    parts.add(Html.text(text.substring(from)));
    return Html.all(parts);
  }

  /** Not within something longer, such as the same id in another environment. */
  private Pattern others() {
    String service = Pattern.quote(own.service().value());
    return Pattern.compile("(?<![\\w/@.-])%s-[0-9a-f]{12}(?![\\w/@-])".formatted(service));
  }
}
