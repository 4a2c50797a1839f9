package dev.slipway.console;

import dev.slipway.console.access.Guard;
import dev.slipway.release.People;
import dev.slipway.console.ask.Ask;
import dev.slipway.console.ask.Event;
import dev.slipway.console.ask.Log;
import dev.slipway.console.ask.Moves;
import dev.slipway.console.ask.Selection;
import dev.slipway.console.ask.Split;
import dev.slipway.console.ask.Splits;
import dev.slipway.console.ask.Whole;
import dev.slipway.console.http.Reply;
import dev.slipway.console.http.Request;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.Limits;
import dev.slipway.release.Plan;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Samples;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A console over releases held in memory; who asks says so in the header {@code x-user}. */
final class World {

  static final String TOKEN = "0123456789abcdef0123456789abcdef";
  static final String HOST = "console.acme.example";

  final Map<ReleaseId, Whole> releases = new HashMap<>();
  final List<Command> handedIn = new ArrayList<>();
  final List<Selection> selections = Collections.synchronizedList(new ArrayList<>());
  final List<Crate> planned = new ArrayList<>();
  String log = "";

  /** Where services run; none for the environment's own region alone. */
  List<String> regions = List.of();

  /** Regions where the platform does not answer. */
  List<String> silent = List.of();

  private final Console console;

  World() {
    People people =
        new People(
            List.of("*@acme.example"),
            List.of("dora@acme.example"),
            List.of("ana@acme.example"),
            List.of("rollback"));
    console =
        new Console(
            new Desk(
                ask(),
                splits(),
                this::log,
                World::moves,
                this::plan,
                Limits.DEFAULT,
                handedIn::add),
            new Entry(request -> request.header("x-user"), people, new Guard(false)),
            new Links(Optional.of(new Links.Google("acme", "europe-west1"))),
            Clock.fixed(Samples.NOW, ZoneOffset.UTC));
  }

  /** A release with one event of each kind, whether they go together or not. */
  Release add(Release release) {
    List<Event> events = new ArrayList<>();
    for (ReleaseEvent event : Samples.events().values()) {
      events.add(new Event(events.size() + 1, Samples.NOW, "ana@acme.example", event));
    }
    return add(release, events);
  }

  Release add(Release release, List<Event> events) {
    releases.put(release.id(), new Whole(release, service(release.id()), List.of(), events));
    return release;
  }

  Release add(Stage stage) {
    return add(Samples.release(stage));
  }

  private static ServiceRecord service(ReleaseId id) {
    return new ServiceRecord(
        id.service(),
        Optional.of(id),
        Optional.of(Samples.OTHER),
        Optional.empty(),
        7,
        Optional.of(id),
        1,
        List.of(new ServiceRecord.Size(id, 1_500_000, Samples.NOW)),
        Optional.empty());
  }

  private Ask ask() {
    return new Ask() {
      @Override
      public List<ServiceRecord> services() {
        return releases.values().stream().map(Whole::service).toList();
      }

      @Override
      public Optional<ServiceRecord> service(ServiceName name) {
        return services().stream().filter(s -> s.name().equals(name)).findFirst();
      }

      @Override
      public List<Release> releases(Selection selection) {
        selections.add(selection);
        return releases.values().stream().map(Whole::release).limit(selection.limit()).toList();
      }

      @Override
      public Optional<Whole> release(ReleaseId id) {
        return Optional.ofNullable(releases.get(id));
      }
    };
  }

  private Splits splits() {
    return new Splits() {
      @Override
      public List<String> regions() {
        return regions;
      }

      @Override
      public Split of(ServiceRecord service, Optional<String> region) {
        if (region.isPresent() && silent.contains(region.get())) {
          throw new IllegalStateException(region.get() + " does not answer");
        }
        String host = region.map(name -> name + ".").orElse("") + "hello.example";
        return new Split(
            Optional.of("https://" + host),
            List.of(
                new Split.Share(Samples.OTHER.revision(), 90),
                new Split.Share(Samples.ID.revision(), 10)));
      }
    };
  }

  private Plan plan(Crate crate) {
    planned.add(crate);
    ServiceRecord service = service(Samples.OTHER);
    return Plan.of(
        new Plan.Basis(
            crate,
            new Plan.Known(service, Map.of(), List.of()),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Policy.DEFAULT,
            Samples.NOW));
  }

  private Log log(String buildId, long from, int most) {
    int begin = Math.clamp(from < 0 ? log.length() + from : from, 0, log.length());
    int end = Math.min(log.length(), begin + most);
    return new Log(begin, end, log.substring(begin, end));
  }

  /** One move, then the end. */
  private static Moves.Listening moves(
      java.util.function.Consumer<Moves.Move> moved, Runnable lost) {
    Thread.ofVirtual()
        .start(() -> moved.accept(new Moves.Move(Samples.ID, 7, "canary")));
    return () -> {};
  }

  List<String> routes() {
    return console.routes();
  }

  Reply answer(Request request) {
    return console.answer(request);
  }

  Reply get(String path) {
    return get(path, Map.of());
  }

  Reply get(String path, Map<String, String> query) {
    return answer(
        new Request("GET", path, query, Map.of("x-user", "vic@acme.example", "host", HOST), ""));
  }

  Reply as(String person, String path) {
    return answer(new Request("GET", path, Map.of(), Map.of("x-user", person, "host", HOST), ""));
  }

  /** The first page, for a browser that says which kind of site led it there. */
  Reply ledBy(String site) {
    Map<String, String> headers =
        Map.of("x-user", "vic@acme.example", "host", HOST, "sec-fetch-site", site);
    return answer(new Request("GET", "/", Map.of(), headers, ""));
  }

  /** A form as the page's own script-less browser sends it; headers can be set otherwise. */
  Reply form(String person, String path, String form, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>();
    all.put("x-user", person);
    all.put("host", HOST);
    all.put("origin", "https://" + HOST);
    all.put("sec-fetch-site", "same-origin");
    all.put("cookie", "__Host-slipway=" + TOKEN);
    all.put("content-type", "application/x-www-form-urlencoded");
    all.putAll(headers);
    all.values().removeIf(String::isEmpty);
    return answer(new Request("POST", path, Map.of(), all, form));
  }

  /** JSON as a program sends it. */
  Reply json(String person, String path, String body) {
    return answer(
        new Request(
            "POST",
            path,
            Map.of(),
            Map.of("x-user", person, "host", HOST, "content-type", "application/json"),
            body));
  }
}
