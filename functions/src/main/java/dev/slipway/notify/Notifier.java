package dev.slipway.notify;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps the one message of each release up to date.
 *
 * <p>What is shown is the ledger's newest, whichever event asked for it; so events may come twice,
 * late or in any order. A message is claimed before it is posted, because Slack cannot tell a
 * second posting from a first.
 */
public final class Notifier {

  /** As long as a worker may take to post; after it, a claim without a message is an orphan. */
  private static final Duration POSTING = Duration.ofSeconds(60);

  /** The message is edited while the release moves on; how often in one invocation. */
  private static final int ROUNDS = 10;

  private final Function<ReleaseId, Optional<Release>> ledger;
  private final Notices notices;
  private final Announcer announcer;
  private final Clock clock;

  public Notifier(
      Function<ReleaseId, Optional<Release>> ledger,
      Notices notices,
      Announcer announcer,
      Clock clock) {
    this.ledger = ledger;
    this.notices = notices;
    this.announcer = announcer;
    this.clock = clock;
  }

  /**
   * Brings the message of a release up to date.
   *
   * @throws RuntimeException when a retry can help
   */
  public void announce(ReleaseId id) {
    for (int i = 0; i < ROUNDS; i++) {
      Optional<Release> release = ledger.apply(id);
      if (release.isEmpty() || !show(release.get())) {
        return;
      }
    }
  }

  /** Whether anything new was shown: then the release may have moved on meanwhile. */
  private boolean show(Release release) {
    Optional<Notice> found = notices.find(release.id());
    if (found.isEmpty()) {
      Notice claim = new Notice(release.id(), clock.instant(), Optional.empty(), 0);
      return !notices.claim(claim) || shown(claim, announcer.post(release), release);
    }
    Notice notice = found.get();
    if (notice.shown() >= release.sequence()) {
      return false;
    }
    if (notice.message().isEmpty()) {
      return adopt(notice, release);
    }
    announcer.edit(notice.message().get(), release);
    return shown(notice, notice.message().get(), release);
  }

  /**
   * A claim without a message: either its worker is posting just now, and will then show the
   * newest by itself, or it died, which the sweep's retelling brings to light once the claim is
   * old.
   */
  private boolean adopt(Notice notice, Release release) {
    if (clock.instant().isBefore(notice.claimedAt().plus(POSTING))) {
      return false;
    }
    String message =
        announcer.find(release.id()).orElseGet(() -> announcer.post(release));
    return shown(notice, message, release);
  }

  private boolean shown(Notice notice, String message, Release release) {
    notices.save(
        new Notice(
            notice.release(), notice.claimedAt(), Optional.of(message), release.sequence()));
    return true;
  }
}
