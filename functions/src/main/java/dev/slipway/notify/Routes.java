package dev.slipway.notify;

import dev.slipway.release.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which channels are told what, and when.
 *
 * @param channel where the message of a release goes that no home fits
 * @param homes where the messages of some services go; the first that fits
 * @param alerts who else is told, once a release and channel
 */
public record Routes(
    String channel, List<Home> homes, List<Alert> alerts, Optional<QuietHours> quiet) {

  public Routes {
    homes = List.copyOf(homes);
    alerts = List.copyOf(alerts);
  }

  /** One channel for everything, at any hour. */
  public static Routes to(String channel) {
    return new Routes(channel, List.of(), List.of(), Optional.empty());
  }

  /** Services by name; {@code *} stands for any letters, and no name for every service. */
  public record Services(List<String> patterns) {

    public Services {
      patterns = List.copyOf(patterns);
    }

    boolean include(ServiceName service) {
      return patterns.isEmpty()
          || patterns.stream().anyMatch(p -> regex(p).matcher(service.value()).matches());
    }

    private static Pattern regex(String pattern) {
      return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
  }

  /** The channel of some services' messages. */
  public record Home(Services services, String channel) {}

  /**
   * A channel that is told of what goes wrong.
   *
   * @param severity at least so grave
   * @param stages labels of the stages it is told of, as {@code rolled-back}; none for every stage
   */
  public record Alert(Services services, Severity severity, Set<String> stages, String channel) {

    public Alert {
      stages = Set.copyOf(stages);
    }

    boolean tells(Story story, Story.Event event) {
      return services.include(story.release().id().service())
          && !Severity.of(event.event()).isBelow(severity)
          && (stages.isEmpty() || stages.contains(story.stageAfter(event)));
    }
  }

  String home(ServiceName service) {
    return homes.stream()
        .filter(home -> home.services().include(service))
        .map(Home::channel)
        .findFirst()
        .orElse(channel);
  }

  /** The channels that are to be told of an event, beside the message's own. */
  Set<String> alerted(Story story, Story.Event event) {
    Set<String> channels = new TreeSet<>();
    alerts.stream().filter(a -> a.tells(story, event)).map(Alert::channel).forEach(channels::add);
    return channels;
  }

  Optional<Instant> quietUntil(Instant now, Severity severity) {
    return quiet.flatMap(hours -> hours.until(now, severity));
  }
}
