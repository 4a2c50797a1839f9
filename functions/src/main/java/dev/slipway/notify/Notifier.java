package dev.slipway.notify;

import dev.slipway.log.LogContext;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps the one message of each release, and the thread under it, up to date.
 *
 * <p>What is told is the ledger's newest, whichever event asked for it; so events may come twice,
 * late or in any order. Only one worker at a time tells of a release, and it writes down what it is
 * about to post before it does, because Slack cannot tell a second posting from a first.
 */
public final class Notifier {

  /** The release may move on while it is told of; how often that is looked for in one invocation. */
  private static final int ROUNDS = 10;

  private final Function<ReleaseId, Optional<Story>> ledger;
  private final Notices notices;
  private final Teller teller;
  private final Clock clock;

  /**
   * Tells through {@code announcer}.
   *
   * @param ledger what is known of a release now
   */
  public Notifier(
      Function<ReleaseId, Optional<Story>> ledger,
      Notices notices,
      Announcer announcer,
      Style style,
      Clock clock) {
    this.ledger = ledger;
    this.notices = notices;
    this.teller = new Teller(notices, announcer, style, clock);
    this.clock = clock;
  }

  /**
   * Tells what is not told yet of a release.
   *
   * @throws RuntimeException when a retry can help
   */
  public void announce(ReleaseId id) {
    LogContext.of(id, () -> bringUpToDate(id));
  }

  private void bringUpToDate(ReleaseId id) {
    for (int i = 0; i < ROUNDS; i++) {
      Optional<Story> story = ledger.apply(id);
      if (story.isEmpty() || !tell(story.get())) {
        return;
      }
    }
  }

  /** Whether anything was told: then the release may have moved on meanwhile. */
  private boolean tell(Story story) {
    ReleaseId id = story.release().id();
    Optional<Notices.Kept> kept = notices.find(id);
    Notice notice =
        kept.map(Notices.Kept::notice).orElseGet(() -> Notice.first(id, clock.instant()));
    Optional<Duration> left = kept.flatMap(Notices.Kept::left);
    if (left.isPresent()) {
      // Whoever is at it looks at the ledger again once it is through.
      notice.work().filter(Notice.Work::doubtful).ifPresent(work -> comeAgain(id, left.get()));
      return false;
    }
    if (teller.isTold(notice, story)) {
      return false;
    }
    Notice taken = teller.taken(notice);
    Optional<Notices.Kept> mine =
        kept.isPresent() ? notices.replace(kept.get(), taken) : notices.claim(taken);
    mine.ifPresent(own -> teller.tell(own, story));
    return mine.isPresent();
  }

  private static void comeAgain(ReleaseId id, Duration left) {
    throw new NotSaidException(
        ("Tried to tell of %s but it is not known yet whether the last posting arrived. The event"
                + " comes again; in %d s it is looked for.")
            .formatted(id, left.plusMillis(999).toSeconds()));
  }
}
