package dev.slipway.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NotifierTest {

  private static final ReleaseId ID = Samples.ID;

  private final FakeNotices notices = new FakeNotices(() -> this.now);
  private FakeSlack slack = new FakeSlack(true);
  private Routes routes = Routes.to("C1");
  private List<ReleaseEvent> events = Stories.LIVE;
  private int happened = 1;
  private Instant now = Stories.START;

  /** How wrong the workers' clock is. */
  private Duration skew = Duration.ZERO;


  private void announce() {
    Style style = new Style(routes, List.of(10, 50, 100), Links.NONE, true);
    new Notifier(id -> Optional.of(Stories.of(events, happened)), notices, slack, style, clock())
        .announce(ID);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.plus(skew);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static void troubled() {
    throw new IllegalStateException("Slack answered 500");
  }

  @Test
  void theFirstEventIsPostedLaterOnesAreEditsAndEachIsToldInTheThread() {
    announce();
    happened = 2;
    announce();

    assertThat(slack.calls)
        .containsExactly(
            "post message in C1", "post reply-1 in C1", "edit ts-1 in C1", "post reply-2 in C1");
    assertThat(slack.posted.get(1).to().thread()).contains("ts-1");
    assertThat(slack.posted.getFirst().to().thread()).isEmpty();
  }

  @Test
  void theSameEventTwiceIsToldOnce() {
    announce();
    announce();

    assertThat(slack.calls).containsExactly("post message in C1", "post reply-1 in C1");
    assertThat(notices.get(ID).work()).isEmpty();
    assertThat(notices.get(ID).told()).isEqualTo(1);
  }

  @Test
  void whatHappensDuringThePostingIsToldRightAfterIt() {
    slack.afterPost = () -> happened = 3;

    announce();

    assertThat(slack.calls)
        .containsExactly(
            "post message in C1",
            "post reply-1 in C1",
            "edit ts-1 in C1",
            "post reply-2 in C1",
            "post reply-3 in C1");
  }

  @Test
  void whileAnotherWorkerIsAtItNothingIsPosted() {
    Notice.Work work = Notice.Work.lasting(Duration.ofSeconds(5), false, Optional.empty());
    notices.put(Notice.first(ID, now).with(Optional.of(work)));

    announce();

    assertThat(slack.calls).isEmpty();
  }

  @Test
  void aWorkerWhoseClockIsAheadTakesNobodyForDead() {
    Notice.Work work = Notice.Work.lasting(Duration.ofSeconds(5), false, Optional.empty());
    notices.put(Notice.first(ID, now).with(Optional.of(work)));
    skew = Duration.ofHours(1);

    announce();

    assertThat(slack.calls).isEmpty();
  }

  @Test
  void aWorkerThatDiedWithItsClockAheadIsReplacedAsSoonAsAnyOther() {
    skew = Duration.ofHours(1);
    slack.before =
        () -> {
          throw new StackOverflowError("dies without a word");
        };
    assertThatThrownBy(this::announce).isInstanceOf(StackOverflowError.class);
    slack.before = () -> {};
    skew = Duration.ZERO;
    now = now.plus(Duration.ofMinutes(2));

    announce();

    assertThat(slack.calls).containsOnlyOnce("post message in C1");
  }

  @Test
  void aWorkerThatWasOvertakenPostsNoMore() {
    slack.afterPost =
        () -> {
          now = now.plus(Duration.ofMinutes(5));
          slack.afterPost = () -> {};
          announce();
        };

    announce();

    assertThat(slack.calls).containsOnlyOnce("post message in C1", "post reply-1 in C1");
  }

  @Test
  void whatAWorkerPostedThatDiedThenIsAdopted() {
    slack.afterPost =
        () -> {
          throw new StackOverflowError("dies without a word");
        };
    assertThatThrownBy(this::announce).isInstanceOf(StackOverflowError.class);
    slack.afterPost = () -> {};

    announce();
    now = now.plus(Duration.ofMinutes(2));
    announce();

    assertThat(slack.calls).containsExactly("post message in C1", "post reply-1 in C1");
    assertThat(notices.get(ID).message()).contains("ts-1");
  }

  @Test
  void aWorkerThatDiedBeforePostingIsReplaced() {
    slack.before =
        () -> {
          throw new StackOverflowError("dies without a word");
        };
    assertThatThrownBy(this::announce).isInstanceOf(StackOverflowError.class);
    slack.before = () -> {};
    now = now.plus(Duration.ofMinutes(2));

    announce();

    assertThat(slack.calls).containsExactly("post message in C1", "post reply-1 in C1");
  }

  @Test
  void whatMayHaveArrivedIsLookedForBeforeItIsPostedAgain() {
    slack.afterPost = NotifierTest::troubled;

    assertThatThrownBy(this::announce).hasMessageContaining("500");
    assertThatThrownBy(this::announce).isInstanceOf(NotSaidException.class);
    now = now.plus(Duration.ofSeconds(30));
    slack.afterPost = () -> {};
    announce();

    assertThat(slack.calls).containsExactly("post message in C1", "post reply-1 in C1");
  }

  @Test
  void whatWasRefusedIsTriedAgainAtOnce() {
    slack.before =
        () -> {
          throw new NotSaidException("Slack answered 429");
        };
    assertThatThrownBy(this::announce).hasMessageContaining("429");
    slack.before = () -> {};

    announce();

    assertThat(slack.calls).containsExactly("post message in C1", "post reply-1 in C1");
  }

  @Test
  void aRefusalWhileLookingForWhatMayHaveArrivedDoesNotHaveItPostedTwice() {
    slack.afterPost = NotifierTest::troubled;
    assertThatThrownBy(this::announce).hasMessageContaining("500");
    slack.afterPost = () -> {};
    now = now.plus(Duration.ofSeconds(30));
    slack.before =
        () -> {
          throw new NotSaidException("Slack answered 429");
        };
    assertThatThrownBy(this::announce).hasMessageContaining("429");
    slack.before = () -> {};

    announce();

    assertThat(slack.calls).containsExactly("post message in C1", "post reply-1 in C1");
  }

  @Test
  void nothingIsPostedTwiceOrLostWhateverFails() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      FakeNotices fresh = new FakeNotices(() -> now);
      slack = new FakeSlack(true);
      slack.before = () -> maybe(random.nextDouble());
      // Once something is posted, nobody says that it was not.
      slack.afterPost = () -> maybe(0.05 + random.nextDouble());
      Style style = new Style(routes, List.of(10, 100), Links.NONE, true);
      Notifier notifier =
          new Notifier(
              id -> Optional.of(Stories.of(events, happened)), fresh, slack, style, clock());
      for (int i = 0; i < 60; i++) {
        happened = Math.min(1 + i / 3, Stories.LIVE.size());
        now = now.plusSeconds(random.nextInt(60));
        try {
          notifier.announce(ID);
        } catch (RuntimeException | StackOverflowError again) {
          // The event comes again.
        }
      }
      slack.before = () -> {};
      slack.afterPost = () -> {};
      now = now.plus(Duration.ofMinutes(5));
      notifier.announce(ID);

      List<String> posts = slack.posted.stream().map(p -> p.to().key()).toList();
      Set<String> once = new HashSet<>(posts);
      assertThat(posts).as("seed %d", seed).hasSameSizeAs(once);
      assertThat(once)
          .as("seed %d", seed)
          .hasSize(1 + Stories.LIVE.size())
          .contains("message", "reply-1", "reply-" + Stories.LIVE.size());
      assertThat(fresh.get(ID).told()).isEqualTo(Stories.LIVE.size());
    }
  }

  private static void maybe(double drawn) {
    if (drawn < 0.05) {
      throw new NotSaidException("429");
    } else if (drawn < 0.1) {
      throw new IllegalStateException("500");
    } else if (drawn < 0.15) {
      throw new StackOverflowError("the worker dies");
    }
  }

  @Test
  void theHomeIsTheFirstThatFits() {
    routes =
        new Routes(
            "C1",
            List.of(
                new Routes.Home(new Routes.Services(List.of("pay-*")), "CPAY"),
                new Routes.Home(new Routes.Services(List.of("hel*")), "CHELLO"),
                new Routes.Home(new Routes.Services(List.of("hello")), "CLATE")),
            List.of(),
            Optional.empty());

    announce();
    happened = 2;
    announce();

    assertThat(slack.calls)
        .containsExactly(
            "post message in CHELLO",
            "post reply-1 in CHELLO",
            "edit ts-1 in CHELLO",
            "post reply-2 in CHELLO");
  }

  @Test
  void anAlertIsPostedOnceAChannelAndNotWhereTheMessageIs() {
    Routes.Services all = new Routes.Services(List.of());
    routes =
        new Routes(
            "C1",
            List.of(),
            List.of(
                new Routes.Alert(all, Severity.ERROR, Set.of(), "CALARM"),
                new Routes.Alert(all, Severity.WARNING, Set.of("rolled-back"), "CBACK"),
                new Routes.Alert(all, Severity.INFO, Set.of(), "C1"),
                new Routes.Alert(
                    new Routes.Services(List.of("other")), Severity.INFO, Set.of(), "COTHER")),
            Optional.empty());
    events = Stories.BACK;
    for (happened = 1; happened <= 8; happened++) {
      announce();
    }

    List<String> alerts = slack.calls.stream().filter(c -> c.contains("alert")).toList();
    assertThat(alerts).containsExactly("post alert in CALARM", "post alert in CBACK");
    String text =
        slack.posted.stream()
            .filter(p -> p.to().channel().equals("CALARM"))
            .map(p -> p.card().text())
            .findFirst()
            .orElseThrow();
    assertThat(text).isEqualTo("*hello* 1.0.0: rolling back: too slow (ana)");
  }

  private void quietAtNight() {
    QuietHours quiet =
        new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneOffset.UTC, Severity.ERROR);
    routes = new Routes("C1", List.of(), List.of(), Optional.of(quiet));
  }

  @Test
  void inQuietHoursEditsGoOnAndRepliesWaitForTheMorning() {
    quietAtNight();
    now = Instant.parse("2026-01-01T21:59:00Z");
    announce();
    now = Instant.parse("2026-01-01T23:00:00Z");
    happened = 3;
    announce();
    announce();

    assertThat(slack.calls)
        .containsExactly("post message in C1", "post reply-1 in C1", "edit ts-1 in C1");
    Instant morning = Instant.parse("2026-01-02T07:00:00Z");
    assertThat(notices.get(ID).heldUntil()).contains(morning);
    assertThat(notices.held(now, morning)).containsExactly(ID);

    now = morning;
    announce();

    assertThat(slack.calls).endsWith("post reply-2 in C1", "post reply-3 in C1");
    assertThat(notices.get(ID).heldUntil()).isEmpty();
  }

  @Test
  void whatIsGraveIsPostedInQuietHoursToo() {
    quietAtNight();
    events = Stories.BACK;
    now = Instant.parse("2026-01-01T23:00:00Z");
    happened = 6;
    announce();
    assertThat(slack.calls).isEmpty();

    happened = 7;
    announce();

    assertThat(slack.calls).containsExactly("post message in C1");
  }

  @Test
  void throughAWebhookOnlyWhatMattersIsPostedAndOnce() {
    slack = new FakeSlack(false);
    events = Stories.BACK;
    for (happened = 1; happened <= 8; happened++) {
      announce();
      announce();
    }

    assertThat(slack.calls).containsExactly("post reply-7 in C1", "post reply-8 in C1");
    assertThat(slack.posted.getFirst().card().text()).contains("*hello*", "rolling back");
  }

  @Test
  void throughAWebhookWhatMayHaveArrivedIsNotPostedAgain() {
    slack = new FakeSlack(false);
    events = Stories.BACK;
    happened = 7;
    slack.afterPost = NotifierTest::troubled;
    assertThatThrownBy(this::announce).hasMessageContaining("500");
    slack.afterPost = () -> {};
    now = now.plus(Duration.ofMinutes(1));

    announce();

    assertThat(slack.calls).containsExactly("post reply-7 in C1");
  }

  @Test
  void manyWorkersAtOnceTellEverythingOnce() throws Exception {
    List<Thread> workers = new ArrayList<>();
    FakeNotices shared = notices;
    Notices locked =
        new Notices() {
          @Override
          public synchronized Optional<Kept> find(ReleaseId release) {
            return shared.find(release);
          }

          @Override
          public synchronized Optional<Kept> claim(Notice notice) {
            return shared.claim(notice);
          }

          @Override
          public synchronized Optional<Kept> replace(Kept before, Notice after) {
            return shared.replace(before, after);
          }

          @Override
          public List<ReleaseId> held(Instant from, Instant to) {
            return List.of();
          }
        };
    happened = 7;
    Style style = new Style(routes, List.of(10, 100), Links.NONE, true);
    for (int i = 0; i < 8; i++) {
      workers.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      new Notifier(
                              id -> Optional.of(Stories.of(events, happened)),
                              locked,
                              slack,
                              style,
                              clock())
                          .announce(ID)));
    }
    for (Thread worker : workers) {
      worker.join();
    }

    assertThat(slack.calls).hasSize(8).doesNotHaveDuplicates();
  }
}
