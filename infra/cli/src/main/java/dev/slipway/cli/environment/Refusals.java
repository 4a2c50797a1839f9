package dev.slipway.cli.environment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a console's refusals into words: what was asked, why it was refused, what to do. */
final class Refusals {

  private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>([^<]*)</title>");
  private static final Pattern MARKUP = Pattern.compile("<[^>]*>");

  /** So much of somebody else's body is shown. */
  private static final int MOST = 200;

  private final URI page;

  Refusals(URI page) {
    this.page = page;
  }

  ApiFailure of(HttpRequest request, int status, String body) {
    return new ApiFailure(status, own(body).map(words -> advised(status, words))
        .orElseGet(() -> platform(request, status, said(body))));
  }

  /** What the console itself says. */
  private static Optional<String> own(String body) {
    try {
      return JsonParser.parseString(body) instanceof JsonObject object
              && object.get("error") instanceof JsonPrimitive error
          ? Optional.of(error.getAsString())
          : Optional.empty();
    } catch (JsonParseException none) {
      return Optional.empty();
    }
  }

  private String advised(int status, String words) {
    return switch (status) {
      case 401 ->
          words
              + " The console at "
              + page
              + " checks the token itself: its audience must be among SLIPWAY_TOKEN_AUDIENCES.";
      default -> words;
    };
  }

  /** What whoever stands before the console answers. */
  private String platform(HttpRequest request, int status, String said) {
    String tried = "Tried %s %s but ".formatted(request.method(), request.uri());
    return tried
        + switch (status) {
          case 301, 302, 303, 307, 308 ->
              "was sent elsewhere, as to log in: name the console's own Cloud Run address, not that"
                  + " of Identity-Aware Proxy.";
          case 401 ->
              "Cloud Run does not know who asks (401). Log in with 'gcloud auth login', or check"
                  + " the environment's audience.";
          case 403 ->
              "Cloud Run does not let this account in (403): it needs roles/run.invoker on the"
                  + " console.";
          case 404 -> "there is no such thing (404). Is the console's address right?";
          default ->
              "the answer was %d%s. Try again; if it stays, look at its logs."
                  .formatted(status, said.isEmpty() ? "" : ": " + said);
        };
  }

  /** What a body that is not the console's says, in a line: that of a page is its title. */
  private static String said(String body) {
    Matcher title = TITLE.matcher(body);
    String text = title.find() ? title.group(1) : MARKUP.matcher(body).replaceAll(" ");
    String line = text.strip().replaceAll("\\s+", " ").replaceAll("[.]$", "");
    return line.length() > MOST ? line.substring(0, MOST) + " ..." : line;
  }
}
