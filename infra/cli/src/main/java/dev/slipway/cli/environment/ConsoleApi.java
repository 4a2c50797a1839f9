package dev.slipway.cli.environment;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.console.ask.Event;
import dev.slipway.console.ask.Log;
import dev.slipway.console.ask.Selection;
import dev.slipway.console.ask.Split;
import dev.slipway.json.Json;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.Limits;
import dev.slipway.release.Plan;
import dev.slipway.release.RegionStand;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A console's API, as docs/openapi.json has it.
 *
 * <p>Every method throws {@link ApiFailure} where the console refuses, and {@link Failure} where it
 * cannot be reached or understood.
 */
public final class ConsoleApi implements AutoCloseable {

  private final Http http;

  ConsoleApi(URI page, Identity identity) {
    http = new Http(page, identity);
  }

  /**
   * Who the console takes the caller for.
   *
   * @param reasons what the environment's policy wants a reason for
   */
  public record Me(String name, String role, Optional<Set<Command.Kind>> reasons) {

    /** Whether a command is not taken without a reason; a console that is older says nothing. */
    public boolean mustSayWhy(Command.Kind kind) {
      return reasons.orElseGet(Set::of).contains(kind);
    }
  }

  /**
   * One service with its live traffic split.
   *
   * @param traffic in the environment's own region
   * @param regions each of them, where there are several
   */
  public record ServiceView(ServiceRecord service, Split traffic, List<RegionView> regions) {

    @SuppressWarnings("NullAway") // a console from before there were regions names none
    public ServiceView {
      regions = regions == null ? List.of() : List.copyOf(regions);
    }
  }

  /**
   * A service in one of its regions.
   *
   * @param release that is being rolled out, else the live one
   * @param stand how far that is there
   */
  public record RegionView(
      String region, Split traffic, Optional<ReleaseId> release, Optional<RegionStand> stand) {}

  /**
   * One release.
   *
   * @param events oldest first
   * @param commands what the caller can ask of it now
   */
  public record ReleaseView(Release release, List<Event> events, Set<Command.Kind> commands) {
    public ReleaseView {
      events = List.copyOf(events);
      commands = Set.copyOf(commands);
    }
  }

  /**
   * A part of a build log.
   *
   * @param buildId whose it is; empty of a release without a build
   * @param ended whether no more will come
   */
  public record LogPart(Log log, Optional<String> buildId, boolean ended) {}

  private record Asked(Command.Kind kind, String reason) {}

  public Me me() {
    return one(get("api/me", Map.of()), "api/me", Me.class);
  }

  public List<ServiceRecord> services() {
    return list("api/services", Map.of(), ServiceRecord.class);
  }

  public ServiceView service(ServiceName name) {
    String path = "api/services/" + name;
    return one(get(path, Map.of()), path, ServiceView.class);
  }

  /** The sizes of its latest images, oldest first. */
  public List<ServiceRecord.Size> sizes(ServiceName name) {
    return list("api/services/" + name + "/sizes", Map.of(), ServiceRecord.Size.class);
  }

  /** Releases, newest first. */
  public List<Release> releases(Selection selection) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", Integer.toString(selection.limit()));
    selection.service().ifPresent(service -> query.put("service", service.value()));
    selection.before().ifPresent(before -> query.put("before", before.toString()));
    return list("api/releases", query, Release.class);
  }

  public ReleaseView release(ReleaseId id) {
    String path = "api/releases/" + id;
    return one(get(path, Map.of()), path, ReleaseView.class);
  }

  /** Its events from a number on, oldest first. */
  public List<Event> events(ReleaseId id, long from) {
    return list(
        "api/releases/" + id + "/events", Map.of("from", Long.toString(from)), Event.class);
  }

  /**
   * A part of its latest build's log.
   *
   * @param from the byte to begin at; below zero counts from the end
   */
  public LogPart log(ReleaseId id, long from) {
    String path = "api/releases/" + id + "/log";
    JsonObject answer = get(path, Map.of("from", Long.toString(from))).getAsJsonObject();
    JsonElement ended = answer.get("ended");
    JsonElement build = answer.get("buildId");
    return new LogPart(
        one(answer, path, Log.class),
        Optional.ofNullable(build).filter(b -> !b.isJsonNull()).map(JsonElement::getAsString),
        ended != null && ended.getAsBoolean());
  }

  /** Asks for a command, by the one door all commands go through. */
  public Command command(ReleaseId id, Command.Kind kind, String reason) {
    String path = "api/releases/" + id + "/commands";
    String body = Json.write(new Asked(kind, reason), Asked.class);
    return one(http.post(path, body), path, Command.class);
  }

  /** What a release of a crate would do if it were uploaded now. */
  public Plan plan(Crate crate) {
    String path = "api/plans";
    return one(http.post(path, Json.write(crate, Crate.class)), path, Plan.class);
  }

  /** How much of everything an upload may have. */
  public Limits limits() {
    String path = "api/limits";
    return one(get(path, Map.of()), path, Limits.class);
  }

  /** Anything else the console answers with. */
  public JsonElement get(String path, Map<String, String> query) {
    return http.get(path, query);
  }

  /** Something of the console's that is no JSON, and may go on for long. */
  public InputStream open(String path, Map<String, String> query) {
    return http.open(path, query);
  }

  private <T> T one(JsonElement json, String path, Class<T> type) {
    return understood(path, json, element -> Json.read(element.toString(), type));
  }

  private <T> List<T> list(String path, Map<String, String> query, Class<T> type) {
    return understood(
        path,
        get(path, query),
        json -> {
          List<T> values = new ArrayList<>();
          for (JsonElement element : (JsonArray) json) {
            values.add(Json.read(element.toString(), type));
          }
          return values;
        });
  }

  /** A console newer than this command line can say what it does not know. */
  private <T> T understood(String path, JsonElement json, Function<JsonElement, T> reading) {
    try {
      T value = reading.apply(json);
      if (value != null) {
        return value;
      }
    } catch (JsonParseException | IllegalArgumentException | ClassCastException
        | NullPointerException e) {
      throw new Failure(
          "Tried to understand %s but failed: %s. Is this slipway older than the environment's?"
              .formatted(http.address(path), e.getMessage()),
          e);
    }
    throw new Failure("Tried to understand %s but it is empty.".formatted(http.address(path)));
  }

  @Override
  public void close() {
    http.close();
  }
}
