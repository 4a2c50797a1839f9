package dev.slipway.console.page;

import java.util.List;

/**
 * A piece of HTML. There is no way to make one of markup in text: text is text, and a {@link Tag}
 * takes only names it knows to be harmless.
 */
public sealed interface Html permits Html.Text, Html.Several, Sheet, Tag {

  /** Appends it as it is sent. */
  void writeTo(StringBuilder out);

  /** Plain text, whatever it says. */
  record Text(String value) implements Html {
    @Override
    public void writeTo(StringBuilder out) {
      Escaped.to(out, value);
    }
  }

  /** One after another. */
  record Several(List<Html> parts) implements Html {

    public Several {
      parts = List.copyOf(parts);
    }

    @Override
    public void writeTo(StringBuilder out) {
      parts.forEach(part -> part.writeTo(out));
    }
  }

  Html NOTHING = new Several(List.of());

  static Html text(String value) {
    return new Text(value);
  }

  static Html all(List<? extends Html> parts) {
    return new Several(List.copyOf(parts));
  }

  static Html of(Html... parts) {
    return new Several(List.of(parts));
  }

  /** The element of that name, empty as yet. */
  static Tag el(String name) {
    return new Tag(name);
  }

  /** An element with text in it. */
  static Tag el(String name, String text) {
    return new Tag(name).with(text);
  }

  /** A whole document, doctype and all. */
  static String document(Tag html) {
    StringBuilder out = new StringBuilder(16_384).append("<!doctype html>\n");
    html.writeTo(out);
    return out.append('\n').toString();
  }
}
