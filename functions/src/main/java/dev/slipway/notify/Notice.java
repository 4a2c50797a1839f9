package dev.slipway.notify;

import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far people have been told of a release.
 *
 * @param claimedAt when a worker first set out to tell
 * @param channel where the message is
 * @param message the posted message, once its posting was confirmed
 * @param shown sequence number of the latest event the message shows, 0 for none
 * @param thread what else was posted
 * @param work who is at it just now
 * @param heldUntil when quiet hours end that something waits for
 */
public record Notice(
    ReleaseId release,
    Instant claimedAt,
    Optional<String> channel,
    Optional<String> message,
    long shown,
    Told thread,
    Optional<Work> work,
    Optional<Instant> heldUntil) {

  /**
   * What was posted beside the message.
   *
   * @param replied sequence number of the latest event told in the thread, 0 for none
   * @param alerted channels that were alerted
   */
  public record Told(long replied, List<String> alerted) {

    static final Told NONE = new Told(0, List.of());

    public Told {
      alerted = List.copyOf(alerted);
    }
  }

  /**
   * A worker's hold on the notice.
   *
   * @param lasts how long after it was written it counts as dead
   * @param doubtful whether it has given up, not knowing whether {@code errand} was done
   * @param errand what it set out to post
   * @param hand tells this hold from all others; empty in notices from before there was one
   */
  public record Work(
      Duration lasts, boolean doubtful, Optional<Errand> errand, Optional<String> hand) {

    /** As long as a worker may take for one errand. */
    static final Duration LEASE = Duration.ofSeconds(90);

    @SuppressWarnings("NullAway") // a hold written before it had a length has none
    public Work {
      lasts = lasts == null ? LEASE : lasts;
    }

    /** A hold like no other, so that whoever wrote it knows it again when the answer was lost. */
    static Work lasting(Duration span, boolean doubtful, Optional<Errand> errand) {
      return new Work(span, doubtful, errand, Optional.of(UUID.randomUUID().toString()));
    }
  }

  /**
   * One thing to post, at most once.
   *
   * @param sequence of the event it tells of
   */
  public record Errand(Kind kind, String channel, long sequence) {

    /** What is posted. */
    public enum Kind {
      MESSAGE,
      REPLY,
      ALERT
    }

    /** What tells it from every other posting about its release. */
    public String key() {
      return switch (kind) {
        case MESSAGE -> "message";
        case REPLY -> "reply-" + sequence;
        case ALERT -> "alert";
      };
    }
  }

  @SuppressWarnings("NullAway") // a notice written before there were threads has none
  public Notice {
    thread = thread == null ? Told.NONE : thread;
  }

  static Notice first(ReleaseId release, Instant at) {
    return new Notice(
        release,
        at,
        Optional.empty(),
        Optional.empty(),
        0,
        Told.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /** Sequence number of the latest event that everything was told of. */
  public long told() {
    return Math.min(shown, thread.replied());
  }

  Optional<Errand> errand() {
    return work.flatMap(Work::errand);
  }

  Notice with(Optional<Work> newWork) {
    return new Notice(
        release, claimedAt, channel, message, shown, thread, newWork, heldUntil);
  }

  Notice heldUntil(Optional<Instant> until) {
    return new Notice(release, claimedAt, channel, message, shown, thread, work, until);
  }

  Notice showing(long sequence) {
    return new Notice(
        release, claimedAt, channel, message, sequence, thread, work, heldUntil);
  }

  /** Once an errand is done; {@code posted} is what the message is found by. */
  Notice after(Errand done, String posted) {
    return switch (done.kind()) {
      case MESSAGE ->
          new Notice(
              release,
              claimedAt,
              Optional.of(done.channel()),
              Optional.of(posted),
              done.sequence(),
              thread,
              work,
              heldUntil);
      case REPLY -> with(new Told(done.sequence(), thread.alerted()));
      case ALERT -> {
        List<String> alerted = new ArrayList<>(thread.alerted());
        alerted.add(done.channel());
        yield with(new Told(thread.replied(), alerted));
      }
    };
  }

  Notice with(Told newThread) {
    return new Notice(
        release, claimedAt, channel, message, shown, newThread, work, heldUntil);
  }
}
