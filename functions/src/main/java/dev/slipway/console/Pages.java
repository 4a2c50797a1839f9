package dev.slipway.console;

import dev.slipway.console.ask.Log;
import dev.slipway.console.ask.Selection;
import dev.slipway.console.ask.Serving;
import dev.slipway.console.ask.Split;
import dev.slipway.console.ask.Whole;
import dev.slipway.console.http.Reply;
import dev.slipway.console.page.DeliveryPage;
import dev.slipway.console.page.Escaped;
import dev.slipway.console.page.Frame;
import dev.slipway.console.page.Overview;
import dev.slipway.console.page.ReleasePage;
import dev.slipway.console.page.ReleasesPage;
import dev.slipway.console.page.ServicePage;
import dev.slipway.reading.Meanwhile;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What people look at. */
final class Pages {

  private static final int LATEST = 20;
  private static final int PAGE = 50;

  /** As much of a log as a page shows, and as much as a text does. */
  private static final int LOG_END = 12_000;

  private static final int LOG_WHOLE = 4 << 20;

  private final Desk desk;
  private final Asking asking;
  private final Links links;
  private final Splitting splitting;
  private final Figures figures;

  Pages(Desk desk, Asking asking, Links links, Clock clock) {
    this.desk = desk;
    this.asking = asking;
    this.links = links;
    splitting = new Splitting(desk.splits());
    figures = new Figures(desk.ask(), clock);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/", this::overview),
        Route.get("/services/{service}", this::service),
        Route.get("/releases", this::releases),
        Route.get("/releases/{release}", this::release),
        Route.get("/releases/{release}/log", this::log),
        Route.post("/releases/{release}/commands", this::command),
        Route.get("/delivery", this::delivery));
  }

  private static Frame frame(Call call) {
    return new Frame(Console.root(call.request()), Optional.of(call.caller()), call.token());
  }

  private Reply overview(Call call) {
    Meanwhile<List<Release>> newest =
        Meanwhile.read(() -> desk.ask().releases(Selection.newest(LATEST)));
    List<ServiceRecord> services = desk.ask().services();
    Meanwhile<Map<ServiceName, Serving>> serving = Meanwhile.read(() -> splitting.of(services));
    List<Release> latest = newest.get();
    Map<ServiceName, Meanwhile<Optional<Release>>> last = last(services, latest);
    List<Overview.Row> rows =
        services.stream()
            .map(
                service ->
                    new Overview.Row(
                        service,
                        serving.get().getOrDefault(service.name(), Serving.NONE),
                        Objects.requireNonNull(last.get(service.name())).get()))
            .toList();
    return Reply.html(200, new Overview(rows, latest).html(frame(call)));
  }

  /** The last release of each service, asked for where it is not among the latest of all. */
  private Map<ServiceName, Meanwhile<Optional<Release>>> last(
      List<ServiceRecord> services, List<Release> latest) {
    Map<ServiceName, Meanwhile<Optional<Release>>> last = new HashMap<>();
    for (ServiceRecord service : services) {
      Optional<Release> known =
          latest.stream().filter(r -> r.id().service().equals(service.name())).findFirst();
      last.put(
          service.name(),
          Meanwhile.read(
              () ->
                  known.or(
                      () ->
                          desk.ask().releases(Selection.of(service.name(), 1)).stream()
                              .findFirst())));
    }
    return last;
  }

  private Reply service(Call call) {
    ServiceName name = call.service();
    Meanwhile<List<Release>> releases =
        Meanwhile.read(() -> desk.ask().releases(Selection.of(name, PAGE)));
    ServiceRecord service =
        desk.ask()
            .service(name)
            .orElseThrow(() -> new Refusal(404, "There is no service " + name + "."));
    Meanwhile<Optional<Release>> moving = Meanwhile.read(() -> asking.moving(service));
    Serving serving = splitting.of(service);
    return Reply.html(
        200,
        new ServicePage(
                service,
                serving,
                moving.get().map(Release::stage),
                releases.get(),
                figures.of(releases.get()))
            .html(frame(call)));
  }

  private Reply releases(Call call) {
    Selection selection = new Selection(call.ofService(), call.before(), PAGE);
    return Reply.html(
        200, new ReleasesPage(selection, desk.ask().releases(selection)).html(frame(call)));
  }

  private Reply release(Call call) {
    Whole whole = asking.whole(call.release());
    Meanwhile<Log> log =
        Meanwhile.read(
            () ->
                whole.buildId()
                    .map(id -> desk.logs().read(id, -LOG_END, LOG_END))
                    .orElse(Log.EMPTY));
    Serving serving = splitting.of(whole.service());
    Optional<Command.Kind> asked = call.request().parameter("asked").map(Asking::kind);
    return Reply.html(
        200,
        new ReleasePage(
                whole,
                serving,
                versions(serving, whole),
                log.get(),
                asking.allowed(whole, call.caller()),
                asked,
                links.of(whole))
            .html(frame(call)));
  }

  /** The versions of those that serve; a revision that is no release of ours has none. */
  private Map<String, String> versions(Serving serving, Whole whole) {
    Map<String, String> versions = new HashMap<>();
    serving.splits().stream()
        .flatMap(split -> split.shares().stream())
        .map(Split.Share::revision)
        .distinct()
        .forEach(
            revision ->
                Stream.concat(Stream.of(whole.release()), whole.others().stream())
                    .filter(known -> revision.equals(known.id().revision()))
                    .findFirst()
                    .or(() -> asked(revision))
                    .flatMap(Release::crate)
                    .ifPresent(crate -> versions.put(revision, crate.version())));
    return versions;
  }

  /** One that serves though its service does not name it, as after traffic was moved by hand. */
  private Optional<Release> asked(String revision) {
    return ReleaseId.find(revision).flatMap(id -> desk.ask().release(id)).map(Whole::release);
  }

  private Reply log(Call call) {
    Whole whole = asking.whole(call.release());
    String text =
        whole.buildId().map(id -> desk.logs().read(id, -LOG_WHOLE, LOG_WHOLE).text()).orElse("");
    return Reply.text(200, "text/plain", Escaped.plain(text));
  }

  private Reply command(Call call) {
    ReleaseId id = call.release();
    Map<String, String> form = call.request().form();
    Command.Kind kind = Asking.kind(form.getOrDefault("kind", ""));
    Command command = asking.ask(call.caller(), id, kind, form.getOrDefault("reason", ""));
    return Reply.seeOther("../%s?asked=%s".formatted(id, command.kind()));
  }

  private Reply delivery(Call call) {
    return Reply.html(
        200, new DeliveryPage(figures.of(Optional.empty(), Figures.DAYS)).html(frame(call)));
  }
}
