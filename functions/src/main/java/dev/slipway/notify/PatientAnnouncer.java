package dev.slipway.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Obeys Slack when it asks for patience: waits where that takes seconds, and otherwise leaves it to
 * the event's next delivery, calling nothing before the time Slack named.
 */
public final class PatientAnnouncer implements Announcer {

  /** In one call, so that a function ends in time and its hold on a notice lasts. */
  private static final Duration MOST = Duration.ofSeconds(30);

  private final Announcer slack;
  private final Clock clock;
  private final Consumer<Duration> pause;

  /** What holds for one call holds for all: Slack counts by app, and tells everyone the same. */
  private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

  /**
   * Calls {@code slack}.
   *
   * @param pause waits for so long
   */
  public PatientAnnouncer(Announcer slack, Clock clock, Consumer<Duration> pause) {
    this.slack = slack;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public String post(Address to, Card card) {
    return patiently(() -> slack.post(to, card));
  }

  @Override
  public void edit(Address to, String message, Card card) {
    var unused =
        patiently(
            () -> {
              slack.edit(to, message, card);
              return message;
            });
  }

  @Override
  public Optional<String> find(Address at) {
    return patiently(() -> slack.find(at));
  }

  @Override
  public boolean isEditable() {
    return slack.isEditable();
  }

  private <T> T patiently(Supplier<T> call) {
    Duration left = MOST;
    while (true) {
      left = left.minus(waited(left));
      try {
        return call.get();
      } catch (RateLimitedException e) {
        Instant next = clock.instant().plus(e.retryAfter());
        notBefore.accumulateAndGet(next, (a, b) -> a.isAfter(b) ? a : b);
        if (e.retryAfter().compareTo(left) > 0) {
          throw later(next);
        }
      }
    }
  }

  private Duration waited(Duration left) {
    Instant now = clock.instant();
    Instant next = notBefore.get();
    if (!now.isBefore(next)) {
      return Duration.ZERO;
    }
    Duration wait = Duration.between(now, next);
    if (wait.compareTo(left) > 0) {
      throw later(next);
    }
    pause.accept(wait);
    return wait;
  }

  private static NotSaidException later(Instant next) {
    return new NotSaidException(
        "Slack asks to be called no earlier than %s. The event comes again.".formatted(next));
  }
}
