package dev.slipway.console;

import dev.slipway.console.http.Request;
import dev.slipway.console.page.Sheet;
import java.util.Map;
import java.util.TreeMap;

/** The headers by which a browser keeps others out of our pages. */
final class Safeguards {

  /** Nothing but our own files and our one style, no program in the page, no frame around it. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src "
              + Sheet.SOURCE
              + "; img-src 'self';"
              + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "x-content-type-options",
          "nosniff",
          "x-frame-options",
          "DENY",
          "cross-origin-resource-policy",
          "same-origin",
          // With "no-referrer" a browser would send forms with the origin "null".
          "referrer-policy",
          "same-origin",
          "cache-control",
          "no-store");

  private Safeguards() {}

  /** Those for the answer to a request. */
  static Map<String, String> of(Request request) {
    if (isOfNoOtherSite(request)) {
      return ALWAYS;
    }
    Map<String, String> all = new TreeMap<>(ALWAYS);
    all.put("cross-origin-opener-policy", "same-origin");
    return all;
  }

  /**
   * Whether the browser says that nobody else led it here, so that nobody else has a hand on the
   * window. To be told to cut that off, the browser makes the window a second process once the
   * answer begins, which costs as much as the whole page does: so it is told where it matters, and
   * wherever the browser does not say.
   */
  private static boolean isOfNoOtherSite(Request request) {
    String site = request.header("sec-fetch-site").orElse("");
    return site.equals("none") || site.equals("same-origin");
  }
}
