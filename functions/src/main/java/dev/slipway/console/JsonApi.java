package dev.slipway.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import dev.slipway.release.Role;
import dev.slipway.console.ask.Event;
import dev.slipway.console.ask.Log;
import dev.slipway.console.ask.Selection;
import dev.slipway.console.ask.Serving;
import dev.slipway.console.ask.Split;
import dev.slipway.console.ask.Whole;
import dev.slipway.console.http.Reply;
import dev.slipway.json.Json;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.Delivery;
import dev.slipway.release.Limits;
import dev.slipway.release.Plan;
import dev.slipway.release.RegionStand;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Stage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON API: what the page knows, for programs. {@link OpenApi} documents it. */
final class JsonApi {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;
  private static final int MAX_DAYS = 365;
  private static final int LOG_PART = 1 << 20;

  private static final ApiRoute.Parameter SERVICE =
      new ApiRoute.Parameter("service", "string", "only of this service");

  private final Desk desk;
  private final Asking asking;
  private final Splitting splitting;
  private final Figures figures;

  JsonApi(Desk desk, Asking asking, Clock clock) {
    this.desk = desk;
    this.asking = asking;
    splitting = new Splitting(desk.splits());
    figures = new Figures(desk.ask(), clock);
  }

  /**
   * Who asks, as far as is known.
   *
   * @param reasons what the policy wants a reason for, in a person's own words
   */
  record Me(String name, Role role, Set<Command.Kind> reasons) {}

  /**
   * One service.
   *
   * @param traffic in the environment's own region
   * @param regions each of them, where there are several
   */
  record ServiceAnswer(ServiceRecord service, Split traffic, List<RegionAnswer> regions) {}

  /**
   * A service in one of its regions.
   *
   * @param revision that has most of the traffic there
   * @param release that is being rolled out, else the live one
   * @param stand how far that is there
   */
  record RegionAnswer(
      String region,
      Split traffic,
      Optional<String> revision,
      Optional<ReleaseId> release,
      Optional<RegionStand> stand) {}

  /**
   * One release.
   *
   * @param commands what the caller can ask of it now
   * @param regions how far it is in each of them, where there are several
   */
  record ReleaseAnswer(
      Release release, List<Event> events, Set<Command.Kind> commands, List<RegionStand> regions) {}

  /**
   * A part of a build log.
   *
   * @param next the byte to ask for next
   * @param ended whether no more will come
   */
  record LogAnswer(Optional<String> buildId, long from, long next, String text, boolean ended) {}

  /** The delivery figures. */
  record DeliveryAnswer(Delivery delivery, double perDay, Optional<Double> failureRate) {}

  /** What is sent to ask for a command. */
  record Asked(Command.Kind kind, String reason) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
            "/api/me", "Who the caller is, in which role, and which commands want a reason", ApiRoute.one(Me.class), this::me),
        ApiRoute.get(
            "/api/services",
            "Every service: who is live, what was before, image sizes",
            ApiRoute.list(ServiceRecord.class),
            call -> list(desk.ask().services(), ServiceRecord.class)),
        ApiRoute.get(
            "/api/services/{service}",
            "One service with its live traffic split, region by region where there are several",
            ApiRoute.one(ServiceAnswer.class),
            this::service),
        ApiRoute.get(
            "/api/services/{service}/sizes",
            "Image sizes of its latest builds, oldest first",
            ApiRoute.list(ServiceRecord.Size.class),
            call -> list(find(call.service()).sizes(), ServiceRecord.Size.class)),
        ApiRoute.get(
                "/api/releases",
                "Releases, newest first; the next page is the one before the last of this one",
                ApiRoute.list(Release.class),
                this::releases)
            .asking(
                new ApiRoute.Parameter("limit", "integer", "how many at most, 1 to 1000; else 50"),
                SERVICE,
                new ApiRoute.Parameter("before", "string", "only those that began before this one")),
        ApiRoute.get(
            "/api/releases/{release}",
            "One release, its events, and what the caller can ask of it now",
            ApiRoute.one(ReleaseAnswer.class),
            this::release),
        ApiRoute.get(
                "/api/releases/{release}/events",
                "Its events, oldest first",
                ApiRoute.list(Event.class),
                this::events)
            .asking(new ApiRoute.Parameter("from", "integer", "only from this number on")),
        ApiRoute.get(
                "/api/releases/{release}/log",
                "A part of its latest build's log, also while it builds",
                ApiRoute.one(LogAnswer.class),
                this::log)
            .asking(
                new ApiRoute.Parameter(
                    "from", "integer", "the byte to begin at; below zero counts from the end")),
        new ApiRoute(
            Route.post("/api/releases/{release}/commands", this::command),
            "Asks for a command; 409 when it means nothing in the release's stage",
            List.of(),
            Optional.of(Asked.class),
            202,
            ApiRoute.one(Command.class)),
        new ApiRoute(
            Route.post("/api/plans", this::plan),
            "What a release of a crate would do if it were uploaded now; nothing of it is done",
            List.of(),
            Optional.of(Crate.class),
            200,
            ApiRoute.one(Plan.class)),
        ApiRoute.get(
            "/api/limits",
            "How much of everything an uploaded archive may have",
            ApiRoute.one(Limits.class),
            call -> one(desk.limits(), Limits.class)),
        ApiRoute.get(
                "/api/delivery",
                "Delivery figures: lead time, frequency, failure rate, time to restore",
                ApiRoute.one(DeliveryAnswer.class),
                this::delivery)
            .asking(
                new ApiRoute.Parameter("days", "integer", "how many, 1 to 365; else 30"), SERVICE));
  }

  private Reply me(Call call) {
    return one(new Me(call.caller().name(), call.caller().role(), asking.reasoned()), Me.class);
  }

  private ServiceRecord find(ServiceName name) {
    return desk.ask()
        .service(name)
        .orElseThrow(() -> new Refusal(404, "There is no service " + name + "."));
  }

  private Reply service(Call call) {
    ServiceRecord service = find(call.service());
    Serving serving = splitting.of(service);
    Optional<Release> moving =
        serving.regions().isEmpty() ? Optional.empty() : asking.moving(service);
    List<RegionAnswer> regions =
        serving.regions().stream().map(each -> region(each, moving)).toList();
    return one(new ServiceAnswer(service, serving.here(), regions), ServiceAnswer.class);
  }

  private static RegionAnswer region(Serving.InRegion there, Optional<Release> moving) {
    return new RegionAnswer(
        there.region(),
        there.traffic(),
        there.traffic().shares().stream().map(Split.Share::revision).findFirst(),
        moving.map(Release::id),
        moving.stream()
            .flatMap(release -> RegionStand.of(release.stage()).stream())
            .filter(stand -> stand.region().equals(there.region()))
            .findFirst());
  }

  private Reply releases(Call call) {
    int limit = (int) call.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    Selection selection = new Selection(call.ofService(), call.before(), limit);
    return list(desk.ask().releases(selection), Release.class);
  }

  private Reply release(Call call) {
    Whole whole = asking.whole(call.release());
    return one(
        new ReleaseAnswer(
            whole.release(), whole.events(), asking.allowed(whole, call.caller()),
            RegionStand.of(whole.release().stage())),
        ReleaseAnswer.class);
  }

  private Reply events(Call call) {
    long from = call.number("from", 1, Long.MAX_VALUE, 1);
    return list(
        asking.whole(call.release()).events().stream().filter(e -> e.sequence() >= from).toList(),
        Event.class);
  }

  private Reply log(Call call) {
    long from = call.number("from", -LOG_PART, Long.MAX_VALUE, 0);
    Whole whole = asking.whole(call.release());
    Log log = whole.buildId().map(id -> desk.logs().read(id, from, LOG_PART)).orElse(Log.EMPTY);
    boolean ended = !(whole.release().stage() instanceof Stage.Building);
    return one(
        new LogAnswer(whole.buildId(), log.from(), log.next(), log.text(), ended),
        LogAnswer.class);
  }

  private Reply command(Call call) {
    ReleaseId id = call.release();
    Asked asked = asked(call.request().body());
    Command command = asking.ask(call.caller(), id, asked.kind(), asked.reason());
    return Reply.json(202, Json.write(command, Command.class));
  }

  private Reply plan(Call call) {
    Crate crate = Described.crate(call.request().body());
    try {
      return one(desk.plans().apply(crate), Plan.class);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "The crate cannot be planned for: " + e.getMessage());
    }
  }

  private static Asked asked(String body) {
    try {
      @Nullable Asked asked = Json.read(body, Asked.class);
      if (asked != null && missing(asked.kind()) == null && missing(asked.reason()) == null) {
        return asked;
      }
    } catch (JsonParseException no) {
      // said below
    }
    throw new Refusal(
        400, "Send {\"kind\":\"...\",\"reason\":\"...\"}, the kind one of those the release lists.");
  }

  /** JSON can leave out what the type promises. */
  private static @Nullable String missing(@Nullable Object value) {
    return value == null ? "missing" : null;
  }

  private Reply delivery(Call call) {
    int days = (int) call.number("days", 1, MAX_DAYS, Figures.DAYS);
    Delivery delivery = figures.of(call.ofService(), days);
    return one(
        new DeliveryAnswer(delivery, delivery.perDay(), delivery.failureRate()),
        DeliveryAnswer.class);
  }

  private static Reply one(Object value, Class<?> as) {
    return Reply.json(200, Json.write(value, as));
  }

  private static <T> Reply list(List<T> values, Class<T> type) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(Json.tree(value, type)));
    return Reply.json(200, array.toString());
  }
}
