package dev.slipway.console.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** An element of HTML or SVG. */
public final class Tag implements Html {

  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]*");
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-zA-Z0-9-]*");

  /** What is a program, or holds one, or leads the page elsewhere. */
  private static final Set<String> FORBIDDEN =
      Set.of("base", "embed", "iframe", "object", "style", "template");

  private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");
  private static final Set<String> ADDRESSES = Set.of("action", "formaction", "href", "src");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Html> children = new ArrayList<>();

  Tag(String name) {
    if (!NAME.matcher(name).matches() || FORBIDDEN.contains(name)) {
      throw new IllegalArgumentException("no element of our pages is named " + name);
    }
    this.name = name;
  }

  /**
   * Sets an attribute, whose value can be any text.
   *
   * @throws IllegalArgumentException for an attribute that holds a program, or an address that is
   *     neither one of our own nor on the web
   */
  public Tag set(String attribute, String value) {
    String lower = attribute.toLowerCase(Locale.ROOT);
    if (!ATTRIBUTE.matcher(attribute).matches()
        || lower.startsWith("on")
        || lower.equals("style")
        || lower.equals("srcdoc")) {
      throw new IllegalArgumentException("no element of our pages has an attribute " + attribute);
    }
    if (ADDRESSES.contains(lower) && !isAddress(value)) {
      throw new IllegalArgumentException("no address of our pages is " + value);
    }
    attributes.put(attribute, value);
    return this;
  }

  public Tag set(String attribute, long value) {
    return set(attribute, Long.toString(value));
  }

  /** Sets an attribute that is there or not. */
  public Tag flag(String attribute) {
    return set(attribute, "");
  }

  public Tag cls(String names) {
    return set("class", names);
  }

  public Tag id(String id) {
    return set("id", id);
  }

  public Tag href(String address) {
    return set("href", address);
  }

  /** Appends text. */
  public Tag with(String text) {
    return with(Html.text(text));
  }

  /** Appends what is within. */
  public Tag with(Html... parts) {
    if (VOID.contains(name) || name.equals("script")) {
      throw new IllegalArgumentException("nothing goes into a " + name);
    }
    children.addAll(List.of(parts));
    return this;
  }

  public Tag with(List<? extends Html> parts) {
    return with(Html.all(parts));
  }

  /** Whether an address is relative, within our pages, or on the web. */
  static boolean isAddress(String address) {
    if (address.startsWith("https://") || address.startsWith("http://")) {
      return true;
    }
    int end = address.indexOf('/') < 0 ? address.length() : address.indexOf('/');
    boolean scheme = address.substring(0, end).contains(":");
    return !scheme && !address.startsWith("/") && !address.startsWith("\\") && isPlain(address);
  }

  /** Browsers skip control characters and blanks in addresses, before they look for a scheme. */
  private static boolean isPlain(String address) {
    return address.chars().allMatch(c -> c > ' ' && c != 0x7F && c != '\\');
  }

  @Override
  public void writeTo(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(attribute);
          if (!value.isEmpty()) {
            out.append("=\"");
            Escaped.to(out, value);
            out.append('"');
          }
        });
    out.append('>');
    if (!VOID.contains(name)) {
      children.forEach(child -> child.writeTo(out));
      out.append("</").append(name).append('>');
    }
  }
}
