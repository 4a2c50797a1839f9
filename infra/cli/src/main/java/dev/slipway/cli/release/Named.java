package dev.slipway.cli.release;

import dev.slipway.cli.environment.ApiFailure;
import dev.slipway.cli.environment.ConsoleApi;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.console.ask.Selection;
import dev.slipway.release.Nearest;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the release a person means: by its id, by the beginning of its id or of its key, or by its
 * service, whose newest release on its way is meant, else the live one, else the newest.
 */
public final class Named {

  private static final int PAGE = 100;
  private static final int PAGES = 5;
  private static final int LEAST = 4;

  private final Environment environment;
  private final ConsoleApi api;

  /** Finds releases of that environment. */
  public Named(Environment environment) {
    this.environment = environment;
    api = environment.api();
  }

  /**
   * The release a text names.
   *
   * @throws Failure when it names none, or several
   */
  public ReleaseId release(String text) {
    List<ServiceName> services = services();
    if (services.stream().anyMatch(service -> service.value().equals(text))) {
      return ofService(new ServiceName(text));
    }
    Optional<ReleaseId> whole = ReleaseId.find(text);
    List<ReleaseId> all = latest(services, text);
    if (whole.isPresent() && (all.contains(whole.get()) || isThere(whole.get()))) {
      return whole.get();
    }
    List<ReleaseId> found = text.length() < LEAST ? List.of() : beginning(text, all);
    return switch (found.size()) {
      case 0 -> throw unknown(text, services, all);
      case 1 -> found.getFirst();
      default ->
          throw new Failure(
              "'%s' is the beginning of %d releases: %s. Write more of it."
                  .formatted(text, found.size(), listed(found)));
    };
  }

  /** The service a text names. */
  public ServiceName service(String text) {
    List<ServiceName> services = services();
    return services.stream()
        .filter(service -> service.value().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure("There is no service '%s'.%s".formatted(text, near(text, services))));
  }

  private List<ServiceName> services() {
    return api.services().stream().map(service -> service.name()).toList();
  }

  private ReleaseId ofService(ServiceName service) {
    List<Release> newestFirst = api.releases(Selection.of(service, PAGE));
    return newestFirst.stream()
        .filter(Release::isActive)
        .findFirst()
        .or(() -> newestFirst.stream().filter(r -> r.stage() instanceof Stage.Live).findFirst())
        .or(() -> newestFirst.stream().findFirst())
        .map(Release::id)
        .orElseThrow(() -> new Failure("The service %s has no release yet.".formatted(service)));
  }

  /** The ids of the latest releases, of one service where the text begins with its name. */
  private List<ReleaseId> latest(List<ServiceName> services, String text) {
    Optional<ServiceName> of =
        services.stream()
            .filter(service -> text.startsWith(service + "-"))
            .max((a, b) -> Integer.compare(a.value().length(), b.value().length()));
    List<ReleaseId> ids = new ArrayList<>();
    Optional<ReleaseId> before = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      List<Release> releases = api.releases(new Selection(of, before, PAGE));
      releases.forEach(release -> ids.add(release.id()));
      if (releases.size() < PAGE) {
        break;
      }
      before = Optional.of(releases.getLast().id());
    }
    return ids;
  }

  private boolean isThere(ReleaseId id) {
    try {
      var unused = api.release(id);
      return true;
    } catch (ApiFailure e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  private static List<ReleaseId> beginning(String text, List<ReleaseId> all) {
    return all.stream()
        .filter(id -> id.toString().startsWith(text) || id.key().startsWith(text))
        .toList();
  }

  private Failure unknown(String text, List<ServiceName> services, List<ReleaseId> all) {
    Optional<String> id =
        Nearest.of(text, all.stream().map(ReleaseId::toString).toList())
            .or(() -> Nearest.of(text, all.stream().map(ReleaseId::key).toList()));
    String near = id.map(i -> " Is it " + i + "?").orElseGet(() -> near(text, services));
    return new Failure("There is no release or service '%s'.%s".formatted(text, near));
  }

  private String near(String text, List<ServiceName> services) {
    List<String> names = services.stream().map(ServiceName::value).toList();
    return Nearest.of(text, names)
        .map(name -> " Is it " + name + "?")
        .orElseGet(
            () ->
                names.isEmpty()
                    ? " There are none yet. " + environment.firstSteps()
                    : " There are the services " + String.join(", ", names) + ".");
  }

  private static String listed(List<ReleaseId> ids) {
    return ids.stream().limit(LEAST).map(ReleaseId::toString).collect(Collectors.joining(", "))
        + (ids.size() > LEAST ? " ..." : "");
  }
}
