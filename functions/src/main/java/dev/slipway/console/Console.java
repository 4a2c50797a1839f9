package dev.slipway.console;

import com.google.gson.JsonObject;
import dev.slipway.console.access.Caller;
import dev.slipway.console.http.Reply;
import dev.slipway.console.http.Request;
import dev.slipway.console.page.Assets;
import dev.slipway.console.page.Frame;
import dev.slipway.console.page.Notice;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page a team keeps open, and the JSON API behind it.
 *
 * <p>Every request passes the same gates in the same order: who asks and may they, is there such a
 * route, and, where something is to be changed, was it they who asked.
 */
public final class Console {

  private static final Logger LOG = System.getLogger(Console.class.getName());
  private static final String API = "/api/";

  private final Entry entry;
  private final List<Route> routes;

  /**
   * Puts the console together.
   *
   * @param links addresses of a release elsewhere
   */
  public Console(Desk desk, Entry entry, Links links, Clock clock) {
    this.entry = entry;
    Asking asking = new Asking(desk, entry.people());
    JsonApi api = new JsonApi(desk, asking, clock);
    List<Route> all = new ArrayList<>(new Pages(desk, asking, links, clock).routes());
    api.routes().forEach(route -> all.add(route.route()));
    all.add(Route.get(API + "stream", call -> new MoveStream(desk.moves(), clock).reply()));
    String document = OpenApi.document(api.routes());
    all.add(Route.get(API + "openapi.json", call -> Reply.json(200, document)));
    routes = List.copyOf(all);
  }

  /** Answers a request. */
  public Reply answer(Request request) {
    Reply reply = Compression.on(request, held(request).under(Safeguards.of(request)));
    return request.method().equals("HEAD") ? reply.head() : reply;
  }

  private Reply held(Request request) {
    Optional<Reply> asset = asset(request);
    if (asset.isPresent()) {
      return asset.get();
    }
    Optional<String> held = entry.guard().held(request);
    String token = held.orElseGet(() -> entry.guard().newToken());
    Reply reply = answer(request, token);
    boolean page = reply.headers().getOrDefault("content-type", "").startsWith("text/html");
    return held.isEmpty() && page && reply.status() < 400
        ? reply.with("set-cookie", entry.guard().setCookie(token))
        : reply;
  }

  /** What is the same for everyone needs nobody's name. */
  private static Optional<Reply> asset(Request request) {
    String folder = "/" + Assets.FOLDER;
    return request.isReading() && request.path().startsWith(folder)
        ? Assets.find(request.path().substring(folder.length()))
        : Optional.empty();
  }

  private Reply answer(Request request, String token) {
    Optional<Caller> caller = Optional.empty();
    try {
      caller = Optional.of(entry.caller(request));
      return routed(request, caller.get(), token);
    } catch (Refusal refusal) {
      return refused(request, new Frame(root(request), caller, token), refusal);
    }
  }

  private Reply routed(Request request, Caller caller, String token) {
    String method = request.isReading() ? "GET" : request.method();
    List<String> others = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> path = route.match(request.path());
      if (path.isPresent() && route.method().equals(method)) {
        requireTrust(request, caller, route);
        return EntityTag.on(request, route.answer().apply(new Call(request, path.get(), caller, token)));
      }
      path.ifPresent(p -> others.add(route.method()));
    }
    if (others.isEmpty()) {
      throw new Refusal(404, "There is nothing at " + request.path() + ".");
    }
    throw new Refusal(405, "Only " + String.join(", ", others) + " is answered here.");
  }

  private void requireTrust(Request request, Caller caller, Route route) {
    if (request.isReading()) {
      return;
    }
    Optional<String> token =
        request.header("x-slipway-token").or(() -> Optional.ofNullable(request.form().get("token")));
    Optional<String> objection = entry.guard().objection(request, token);
    if (objection.isPresent()) {
      LOG.log(
          Level.WARNING,
          "refused a request to {0} in the name of {1}: {2}",
          route.template(),
          caller.name(),
          objection.get());
      throw new Refusal(403, "This was not carried out: " + objection.get() + ". Load the page anew.");
    }
  }

  private static Reply refused(Request request, Frame frame, Refusal refusal) {
    Reply reply;
    if (request.path().startsWith(API)) {
      JsonObject error = new JsonObject();
      error.addProperty("error", refusal.why());
      reply = Reply.json(refusal.status(), error.toString());
    } else {
      reply = Reply.html(refusal.status(), new Notice(title(refusal.status()), refusal.why()).html(frame));
    }
    return refusal.status() == 405 ? reply.with("allow", "GET, HEAD, POST") : reply;
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "That cannot be understood";
      case 401 -> "Who are you?";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 409 -> "Not now";
      default -> "Not done";
    };
  }

  /** The console's root as seen from a path: one step up for each folder it is in. */
  static String root(Request request) {
    long folders = request.path().chars().filter(c -> c == '/').count() - 1;
    return "../".repeat((int) Math.max(0, Math.min(folders, 20)));
  }

  /** Every route, {@code METHOD /template}, for who documents or tests them. */
  List<String> routes() {
    return routes.stream()
        .map(route -> route.method() + " " + route.template())
        .collect(Collectors.toList());
  }
}
