package dev.slipway.notify;

import dev.slipway.notify.Notice.Errand;
import dev.slipway.release.ReleaseEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what is to be told next of a release.
 *
 * <p>First its message, then edits of it, then alerts, then the thread, event by event. What is only
 * good to know waits for the end of quiet hours, except edits. Where nothing can be edited, each
 * event that matters is a post of its own, and the others are passed over.
 *
 * @param editable whether what was posted can be edited and found again: not through a webhook
 */
record Telling(Routes routes, boolean editable) {

  Act next(Notice notice, Story story, Instant now) {
    if (!editable) {
      return posts(notice, story, now);
    }
    if (notice.message().isEmpty()) {
      String home = routes.home(story.release().id().service());
      return unlessQuiet(
          now,
          story.severity(),
          new Errand(Errand.Kind.MESSAGE, home, story.sequence()));
    }
    if (notice.shown() < story.sequence()) {
      return new Act.Edit();
    }
    Optional<Errand> alert = alerts(notice, story).findFirst();
    return alert.<Act>map(Act.Post::new).orElseGet(() -> replies(notice, story, now));
  }

  /** A channel is alerted once, of the first event it has to know. */
  private Stream<Errand> alerts(Notice notice, Story story) {
    return story.events().stream()
        .flatMap(
            event ->
                routes.alerted(story, event).stream()
                    .filter(channel -> !notice.channel().equals(Optional.of(channel)))
                    .filter(channel -> !notice.thread().alerted().contains(channel))
                    .map(c -> new Errand(Errand.Kind.ALERT, c, event.sequence())));
  }

  private Act replies(Notice notice, Story story, Instant now) {
    return untold(notice, story)
        .findFirst()
        .map(event -> reply(notice.channel().orElse(routes.channel()), event, now))
        .orElseGet(Act.Rest::new);
  }

  private Act posts(Notice notice, Story story, Instant now) {
    return untold(notice, story)
        .filter(event -> isImportant(event.event()))
        .findFirst()
        .map(event -> reply(routes.channel(), event, now))
        .orElseGet(
            () ->
                notice.told() < story.sequence() ? new Act.Pass() : new Act.Rest());
  }

  private Act reply(String channel, Story.Event event, Instant now) {
    return unlessQuiet(
        now,
        Severity.of(event.event()),
        new Errand(Errand.Kind.REPLY, channel, event.sequence()));
  }

  private static Stream<Story.Event> untold(Notice notice, Story story) {
    return story.events().stream()
        .filter(event -> event.sequence() > notice.thread().replied())
        .sorted(Comparator.comparingLong(Story.Event::sequence));
  }

  private Act unlessQuiet(Instant now, Severity severity, Errand errand) {
    return routes
        .quietUntil(now, severity)
        .<Act>map(Act.Wait::new)
        .orElseGet(() -> new Act.Post(errand));
  }

  /** Worth a post of its own: a release is live, or somebody has to see to something. */
  private static boolean isImportant(ReleaseEvent event) {
    return event instanceof ReleaseEvent.Promoted
        || event instanceof ReleaseEvent.WatchEnded
        || event instanceof ReleaseEvent.Restored
        || !Severity.of(event).isBelow(Severity.WARNING);
  }
}
