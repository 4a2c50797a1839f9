package dev.slipway.notify;

import dev.slipway.notify.Notice.Errand;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Tells of one release, as the only one who does. */
final class Teller {

  /** How long a posting may be under way whose answer did not come. */
  private static final Duration DOUBT = Duration.ofSeconds(20);

  /** A release has some ten events, and an event is two acts at most. */
  private static final int MOST_ACTS = 200;

  private static final Optional<Notice.Work> NOBODY = Optional.empty();

  private final Notices notices;
  private final Announcer announcer;
  private final Style style;
  private final Clock clock;
  private final Telling telling;

  Teller(Notices notices, Announcer announcer, Style style, Clock clock) {
    this.notices = notices;
    this.announcer = announcer;
    this.style = style;
    this.clock = clock;
    telling = new Telling(style.routes(), announcer.isEditable());
  }

  /** Whether nothing is left to do now. */
  boolean isTold(Notice notice, Story story) {
    if (notice.errand().isPresent()) {
      return false;
    }
    return switch (telling.next(notice, story, clock.instant())) {
      case Act.Rest act -> notice.heldUntil().isEmpty();
      case Act.Wait act -> notice.heldUntil().equals(Optional.of(act.until()));
      default -> false;
    };
  }

  /** The notice in this worker's hands; the errand of the one before it is still to be looked into. */
  Notice taken(Notice notice) {
    return notice.with(Optional.of(work(notice.errand())));
  }

  private static Notice.Work work(Optional<Errand> errand) {
    return Notice.Work.lasting(Notice.Work.LEASE, false, errand);
  }

  void tell(Notices.Kept mine, Story story) {
    new Turn(mine, story).take();
  }

  /** One worker's turn at one release. */
  private final class Turn {

    private final Story story;
    private Notices.Kept kept;
    private Notice notice;

    Turn(Notices.Kept kept, Story story) {
      this.kept = kept;
      this.story = story;
      notice = kept.notice();
    }

    void take() {
      try {
        notice.errand().ifPresent(this::lookInto);
        boolean more = true;
        for (int i = 0; i < MOST_ACTS && more; i++) {
          more = act(telling.next(notice, story, clock.instant()));
        }
      } catch (NotSaidException e) {
        letGo(e, Duration.ZERO);
        throw e;
      } catch (RuntimeException e) {
        letGo(e, DOUBT);
        throw e;
      }
    }

    /** A worker died, or gave up, over this errand: what it posted is adopted. */
    private void lookInto(Errand errand) {
      Optional<String> posted =
          announcer.isEditable()
              ? announcer.find(address(errand))
              // Nobody can tell: once too few is better than once too often.
              : Optional.of("");
      posted.ifPresent(found -> notice = notice.after(errand, found));
      notice = notice.with(Optional.of(work(Optional.empty())));
    }

    /** Whether there may be more to do. */
    private boolean act(Act act) {
      return switch (act) {
        case Act.Edit edit -> {
          announcer.edit(
              address(new Errand(Errand.Kind.MESSAGE, channel(), 0)),
              notice.message().orElseThrow(),
              style.card(story));
          notice = notice.showing(story.sequence());
          yield true;
        }
        case Act.Post post -> post(post.errand());
        case Act.Pass pass -> {
          notice =
              notice
                  .showing(story.sequence())
                  .with(
                      new Notice.Told(story.sequence(), notice.thread().alerted()));
          yield true;
        }
        case Act.Wait wait -> {
          var unused = save(notice.heldUntil(Optional.of(wait.until())).with(NOBODY));
          yield false;
        }
        case Act.Rest rest -> {
          var unused = save(notice.heldUntil(Optional.empty()).with(NOBODY));
          yield false;
        }
      };
    }

    private boolean post(Errand errand) {
      if (!save(notice.with(Optional.of(work(Optional.of(errand)))))) {
        // Another worker took this one for dead.
        return false;
      }
      String posted;
      try {
        posted = announcer.post(address(errand), card(errand));
      } catch (NotSaidException e) {
        notice = notice.with(NOBODY);
        throw e;
      }
      notice = notice.after(errand, posted).with(Optional.of(work(Optional.empty())));
      return true;
    }

    private Card card(Errand errand) {
      return switch (errand.kind()) {
        case MESSAGE -> style.card(story);
        case REPLY ->
            announcer.isEditable()
                ? style.reply(story, errand.sequence())
                : style.notice(story, errand.sequence());
        case ALERT -> style.notice(story, errand.sequence());
      };
    }

    private Announcer.Address address(Errand errand) {
      Optional<String> thread =
          errand.kind() == Errand.Kind.REPLY ? notice.message() : Optional.empty();
      return new Announcer.Address(
          notice.release(), errand.channel(), thread, errand.key());
    }

    private String channel() {
      return notice.channel().orElse(style.routes().channel());
    }

    private boolean save(Notice after) {
      Optional<Notices.Kept> saved = notices.replace(kept, after);
      saved.ifPresent(
          now -> {
            kept = now;
            notice = after;
          });
      return saved.isPresent();
    }

    /**
     * What has been told so far stands, whatever came after it.
     *
     * @param doubt how long until an errand that may have been done can be looked for
     */
    private void letGo(RuntimeException why, Duration doubt) {
      try {
        var unused =
            save(
                notice.with(
                    notice.errand().map(e -> Notice.Work.lasting(doubt, true, Optional.of(e)))));
      } catch (RuntimeException e) {
        why.addSuppressed(e);
      }
    }
  }
}
