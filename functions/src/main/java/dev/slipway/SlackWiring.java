package dev.slipway;

import dev.slipway.ledger.View;
import dev.slipway.notify.Interactions;
import dev.slipway.notify.Links;
import dev.slipway.notify.Notices;
import dev.slipway.notify.Notifier;
import dev.slipway.notify.Story;
import dev.slipway.notify.Style;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Puts together what tells Slack, and what answers the clicks there. */
record SlackWiring(Settings settings, Ports ports, Policy policy, Clock clock) {

  private static final Logger LOG = System.getLogger(SlackWiring.class.getName());

  /** Slack waits three seconds for an answer to a click, a dialog's opening included. */
  private static final Duration CLICK_PATIENCE = Duration.ofSeconds(1);

  /** Tells people how releases get on. */
  Notifier notifier() {
    SlackDocument document = document();
    Style style =
        new Style(
            document.routes(),
            policy.pace().steps(),
            new Links(settings.consoleUrl(), google()),
            document.buttons().orElse(slack().signingSecret().isPresent()));
    return new Notifier(
        id -> story(id, this::events),
        ports.notices(),
        new LoggedAnnouncer(ports.announcer()),
        style,
        clock);
  }

  /** Empty where nobody can sign what people click. */
  Optional<Interactions> interactions() {
    return settings
        .slack()
        .flatMap(SlackSettings::signingSecret)
        .map(
            secret ->
                new Interactions(
                    secret,
                    document().clicks().reasoned(policy.people().reasoned()),
                    new Interactions.Desk(
                        id -> story(id, unneeded -> List.of()),
                        CLICK_PATIENCE,
                        command -> ports.commandDoor().accept(command),
                        (trigger, view) -> ports.dialogs().open(trigger, view),
                        (key, until) -> ports.receipts().first(key, until)),
                    clock));
  }

  /**
   * Makes what a click needs, and asks the ledger once: an instance that is kept warm has its clients
   * and their connections before the first click comes. What fails then, a click will tell.
   */
  void expectClicks() {
    Stream.<Runnable>of(
            () -> ports.history().service(new ServiceName("nothing-of-that-name")),
            ports::receipts,
            ports::commandDoor,
            ports::dialogs)
        .forEach(
            step -> {
              try {
                step.run();
              } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "getting ready for clicks failed: {0}", e.getMessage());
              }
            });
  }

  /** Releases of which something was held back until a time between the two. */
  List<Release> held(Instant from, Instant to) {
    return ports.notices().held(from, to).stream()
        .flatMap(id -> ports.ledger().view(id).release().stream())
        .toList();
  }

  /** The last event of a release that was told; what waits for the end of quiet hours counts as told. */
  long told(ReleaseId id) {
    Instant now = clock.instant();
    return ports
        .notices()
        .find(id)
        .map(Notices.Kept::notice)
        .map(n -> n.heldUntil().filter(now::isBefore).isPresent() ? Long.MAX_VALUE : n.told())
        .orElse(0L);
  }

  private SlackSettings slack() {
    return settings
        .slack()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Tried to announce a release but no Slack is set: "
                        + Settings.SLACK_TOKEN
                        + " or "
                        + Settings.SLACK_WEBHOOK));
  }

  private SlackDocument document() {
    SlackSettings slack = slack();
    return switch (slack.access()) {
      case SlackSettings.Bot bot ->
          SlackDocument.read(slack.routes().orElse("{}"), bot.channel());
      case SlackSettings.Webhook webhook ->
          SlackDocument.read(slack.routes().orElse("{}"), "").ofOneChannel();
    };
  }

  private Optional<Links.Google> google() {
    return settings.laptop().isPresent()
        ? Optional.empty()
        : Optional.of(new Links.Google(settings.project(), settings.region()));
  }

  /** The events are read after the release, so that none of those it counts is missing. */
  private Optional<Story> story(ReleaseId id, Function<ReleaseId, List<Story.Event>> events) {
    View view = ports.ledger().view(id);
    return view.release()
        .map(release -> new Story(release, view.service(), events.apply(id)));
  }

  private List<Story.Event> events(ReleaseId id) {
    return ports.history().events(id).stream()
        .map(r -> new Story.Event(r.sequence(), r.at(), r.actor(), r.event()))
        .toList();
  }
}
