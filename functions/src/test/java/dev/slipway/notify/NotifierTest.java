package dev.slipway.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Finding;
import dev.slipway.release.Journey;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NotifierTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ReleaseId ID = ReleaseId.parse("hello-0123456789ab");

  private final Map<ReleaseId, Notice> stored = new HashMap<>();
  private final List<String> slack = new ArrayList<>();
  private Release release = at(1);
  private Runnable onPost = () -> {};
  private Optional<String> findable = Optional.empty();

  private final Notices notices =
      new Notices() {
        @Override
        public Optional<Notice> find(ReleaseId id) {
          return Optional.ofNullable(stored.get(id));
        }

        @Override
        public boolean claim(Notice notice) {
          return stored.putIfAbsent(notice.release(), notice) == null;
        }

        @Override
        public void save(Notice notice) {
          stored.put(notice.release(), notice);
        }
      };

  private final Announcer announcer =
      new Announcer() {
        @Override
        public String post(Release shown) {
          onPost.run();
          slack.add("post " + shown.sequence());
          return "ts-1";
        }

        @Override
        public void edit(String message, Release shown) {
          slack.add("edit " + message + " " + shown.sequence());
        }

        @Override
        public Optional<String> find(ReleaseId id) {
          return findable;
        }
      };

  private Notifier notifier(Instant now) {
    return new Notifier(
        id -> Optional.of(release), notices, announcer, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Release at(long sequence) {
    Release begun =
        Release.begin(
            ID,
            new ReleaseEvent.Rejected(
                new Upload("b", "o", 1), 10, List.of(Finding.of("empty", "it is empty"))),
            START);
    return new Release(
        begun.id(),
        sequence,
        begun.stage(),
        begun.upload(),
        begun.source(),
        begun.crate(),
        begun.image(),
        begun.report(),
        begun.contents(),
        begun.cost(),
        begun.warnings(),
        begun.history(), Journey.NONE);
  }

  @Test
  void theFirstEventIsPostedAndLaterOnesAreEdits() {
    notifier(START).announce(ID);
    release = at(2);
    notifier(START).announce(ID);

    assertThat(slack).containsExactly("post 1", "edit ts-1 2");
  }

  @Test
  void theSameEventTwiceIsShownOnce() {
    notifier(START).announce(ID);
    notifier(START).announce(ID);

    assertThat(slack).containsExactly("post 1");
  }

  @Test
  void whatHappensDuringThePostingIsShownRightAfterIt() {
    onPost = () -> release = at(4);

    notifier(START).announce(ID);

    assertThat(slack).containsExactly("post 1", "edit ts-1 4");
  }

  @Test
  void whileAnotherWorkerPostsNothingIsPosted() {
    stored.put(ID, new Notice(ID, START, Optional.empty(), 0));

    notifier(START.plusSeconds(5)).announce(ID);

    assertThat(slack).isEmpty();
  }

  @Test
  void theMessageOfAWorkerThatDiedAfterPostingIsAdopted() {
    stored.put(ID, new Notice(ID, START, Optional.empty(), 0));
    findable = Optional.of("ts-9");

    notifier(START.plus(Duration.ofMinutes(5))).announce(ID);

    assertThat(slack).isEmpty();
    assertThat(notices.find(ID).orElseThrow().message()).contains("ts-9");
  }

  @Test
  void aWorkerThatDiedBeforePostingIsReplaced() {
    stored.put(ID, new Notice(ID, START, Optional.empty(), 0));

    notifier(START.plus(Duration.ofMinutes(5))).announce(ID);

    assertThat(slack).containsExactly("post 1");
  }

  @Test
  void anOutageLeavesTheClaimForTheRetelling() {
    onPost =
        () -> {
          throw new IllegalStateException("Slack answered 500");
        };

    assertThatThrownBy(() -> notifier(START).announce(ID)).hasMessageContaining("500");

    assertThat(notices.find(ID).orElseThrow().message()).isEmpty();
  }
}
