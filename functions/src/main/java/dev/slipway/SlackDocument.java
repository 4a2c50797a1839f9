package dev.slipway;

import dev.slipway.notify.Clicks;
import dev.slipway.notify.QuietHours;
import dev.slipway.notify.Routes;
import dev.slipway.notify.Severity;
import dev.slipway.release.Command;
import dev.slipway.release.Fields;
import dev.slipway.release.Finding;
import dev.slipway.release.Stage;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads who is told what in Slack, and who may click, from YAML (of which JSON is a part). Everything
 * can be left out.
 *
 * <pre>
 * homes:
 *   - {services: ["pay-*"], channel: C0PAY}
 * alerts:
 *   - {severity: error, stages: [rolled-back, failed], services: ["pay-*"], channel: C0ONCALL}
 * quietHours: {from: "22:00", to: "07:00", zone: Europe/Berlin, below: error}
 * reasons: [rollback, cancel]
 * people: [U0123]
 * buttons: true
 * </pre>
 *
 * @param buttons whether messages have buttons; absent where that is as the function can answer them
 */
public record SlackDocument(Routes routes, Clicks clicks, Optional<Boolean> buttons) {

  private static final String WHAT = "the Slack settings";

  private static final String CHANNEL = "[CDG][A-Z0-9]{2,20}";

  /**
   * Reads the document.
   *
   * @param channel where messages go that no home fits
   * @throws IllegalArgumentException naming everything that is wrong with it
   */
  static SlackDocument read(String yaml, String channel) {
    Map<String, Object> settings = Yaml.table(WHAT, yaml);
    Fields fields = Fields.of("slack", "slack", "", settings);
    List<Routes.Home> homes = fields.tables("homes").stream().map(SlackDocument::home).toList();
    List<Routes.Alert> alerts =
        fields.tables("alerts").stream().map(SlackDocument::alert).toList();
    Optional<QuietHours> quiet = fields.table("quietHours").flatMap(SlackDocument::quiet);
    Clicks clicks = new Clicks(reasons(fields), people(fields));
    Optional<Boolean> buttons = fields.flag("buttons");
    List<Finding> problems = fields.findings();
    if (!problems.isEmpty()) {
      throw Yaml.refuse(
          WHAT, problems.stream().map(Finding::message).collect(Collectors.joining("; ")));
    }
    return new SlackDocument(new Routes(channel, homes, alerts, quiet), clicks, buttons);
  }

  /**
   * Checks a document before it becomes a setting.
   *
   * @param webhook whether it is for a webhook rather than a bot
   * @throws IllegalArgumentException when it would be refused then, naming everything wrong with it
   */
  public static void check(String yaml, boolean webhook) {
    SlackDocument document = read(yaml, "C00");
    if (webhook) {
      var unused = document.ofOneChannel();
    }
  }

  /**
   * This document, for who can post to one channel only.
   *
   * @throws IllegalArgumentException when it names others
   */
  SlackDocument ofOneChannel() {
    if (!routes.homes().isEmpty() || !routes.alerts().isEmpty()) {
      throw Yaml.refuse(
          WHAT, "a webhook posts to its own channel: `homes` and `alerts` need a bot's token");
    }
    return this;
  }

  private static Routes.Home home(Fields fields) {
    return new Routes.Home(services(fields.require("services")), channel(fields));
  }

  private static Routes.Alert alert(Fields fields) {
    return new Routes.Alert(
        services(fields),
        fields.oneOf("severity", Severity.class).orElse(Severity.ERROR),
        stages(fields),
        channel(fields));
  }

  private static Set<String> stages(Fields fields) {
    Set<String> known = labels(Stage.class).collect(Collectors.toCollection(TreeSet::new));
    List<String> stages = fields.texts("stages");
    stages.stream()
        .filter(stage -> !known.contains(stage))
        .forEach(s -> fields.reject("stages", "'" + s + "' is none of " + String.join(", ", known)));
    return new HashSet<>(stages);
  }

  private static Stream<String> labels(Class<?> stage) {
    return stage.isSealed()
        ? Arrays.stream(stage.getPermittedSubclasses()).flatMap(SlackDocument::labels)
        : Stream.of(Stage.label(stage));
  }

  private static Routes.Services services(Fields fields) {
    List<String> patterns = fields.texts("services");
    patterns.stream()
        .filter(pattern -> !pattern.matches("[a-z0-9*-]{1,63}"))
        .forEach(p -> fields.reject("services", "'" + p + "' is no service's name or pattern"));
    return new Routes.Services(patterns);
  }

  private static String channel(Fields fields) {
    return fields
        .require("channel")
        .text("channel", c -> c.matches(CHANNEL), "a channel's id, such as C0123456789")
        .orElse("");
  }

  private static Optional<QuietHours> quiet(Fields fields) {
    Optional<LocalTime> from = time(fields.require("from"), "from");
    Optional<LocalTime> to = time(fields.require("to"), "to");
    Optional<ZoneId> zone = zone(fields.require("zone"));
    Severity below = fields.oneOf("below", Severity.class).orElse(Severity.ERROR);
    if (from.isEmpty() || to.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    if (from.equals(to)) {
      fields.reject("to", "it must differ from `from`");
      return Optional.empty();
    }
    return Optional.of(new QuietHours(from.get(), to.get(), zone.get(), below));
  }

  private static Optional<LocalTime> time(Fields fields, String key) {
    return fields
        .text(key, t -> t.matches("([01][0-9]|2[0-3]):[0-5][0-9]"), "a time such as \"22:00\"")
        .map(LocalTime::parse);
  }

  private static Optional<ZoneId> zone(Fields fields) {
    try {
      return fields.text("zone").map(ZoneId::of);
    } catch (DateTimeException e) {
      fields.reject("zone", "it must be a time zone such as Europe/Berlin or UTC");
      return Optional.empty();
    }
  }

  private static Set<Command.Kind> reasons(Fields fields) {
    if (!fields.has("reasons")) {
      return Arrays.stream(Command.Kind.values())
          .filter(kind -> kind.name().equals("OVERRIDE"))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Command.Kind.class)));
    }
    Set<Command.Kind> kinds = EnumSet.noneOf(Command.Kind.class);
    for (String text : fields.texts("reasons")) {
      Optional<Command.Kind> kind =
          Arrays.stream(Command.Kind.values())
              .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(text))
              .findFirst();
      kind.ifPresentOrElse(
          kinds::add,
          () -> fields.reject("reasons", "'" + text + "' is none of " + commands()));
    }
    return kinds;
  }

  private static String commands() {
    return Arrays.stream(Command.Kind.values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> people(Fields fields) {
    List<String> people = fields.texts("people");
    people.stream()
        .filter(id -> !id.matches("[UW][A-Z0-9]{2,20}"))
        .forEach(id -> fields.reject("people", "'" + id + "' is no user's id, such as U0123456789"));
    return new HashSet<>(people);
  }
}
