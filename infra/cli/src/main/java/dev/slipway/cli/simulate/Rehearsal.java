package dev.slipway.cli.simulate;

import dev.slipway.PolicyDocument;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Stage;
import dev.slipway.release.Upload;
import dev.slipway.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A named rollout, carried out by the functions' own pipeline in virtual time, a tick a minute. */
final class Rehearsal {

  /** Longer than any takes; a paused one is left to people after some minutes. */
  private static final int MOST_MINUTES = 180;

  private static final int LEFT_PAUSED = 3;

  private final NamedRollout rollout;
  private final VirtualClock clock = new VirtualClock();
  private final Users users;
  private final World world;
  private final StringBuilder shares = new StringBuilder();
  private final List<Row> rows = new ArrayList<>();
  private Instant began = clock.now();
  private int told;

  /**
   * Something that happened.
   *
   * @param at since the upload
   * @param share the candidate's, from then on, in percent
   * @param verdict what the gate found of the step before
   * @param requests of users since the upload, of either revision
   * @param failed how many of them failed
   */
  record Row(
      Duration at, String what, int share, Optional<Verdict> verdict, long requests, long failed) {}

  /**
   * What came of it.
   *
   * @param shares the candidate's share, a character a minute
   * @param byCandidate how many of its requests failed
   */
  record Told(
      NamedRollout rollout,
      List<Row> rows,
      String shares,
      Stage end,
      long requests,
      long failed,
      long byCandidate) {}

  private Rehearsal(NamedRollout rollout) {
    this.rollout = rollout;
    users = new Users(clock, rollout.perMinute());
    world =
        new World(
            Faults.none(),
            PolicyDocument.read(rollout.policy().isEmpty() ? "{}" : rollout.policy()),
            span -> {},
            clock);
    world.services.changing = users::split;
    world.measures.answers = users;
  }

  static Told of(NamedRollout rollout) {
    return new Rehearsal(rollout).run();
  }

  private Told run() {
    world.measures.smoke = uri -> rollout.stableSmoke();
    Upload stable = world.put("hello.crate", "v1");
    String revision = World.id(stable).revision();
    users.know(revision, rollout.stable());
    world.deliver(stable);
    world.settle();

    began = clock.now();
    told = world.ledger.entries.size();
    world.measures.smoke = uri -> rollout.candidateSmoke();
    Upload upload = world.put("hello.crate", "v2");
    ReleaseId id = World.id(upload);
    users.know(id.revision(), rollout.candidate());
    world.deliver(upload);
    world.builds.finish();
    world.buildMessage(upload);
    int paused = 0;
    for (int minute = 0; minute < MOST_MINUTES && paused < LEFT_PAUSED; minute++) {
      note(id, revision);
      shares.append(mark(users.share(id.revision())));
      if (world.stage(upload) instanceof Stage.Settled) {
        break;
      }
      paused += world.stage(upload) instanceof Stage.Paused ? 1 : 0;
      world.pass(Duration.ofMinutes(1));
      world.tick();
      world.checkInvariants();
    }
    Users.Count candidate = users.count(id.revision(), began, clock.now());
    Users.Count all = candidate.plus(users.count(revision, began, clock.now()));
    return new Told(
        rollout,
        rows,
        shares.toString(),
        world.stage(upload),
        Math.round(all.requests()),
        Math.round(all.failed()),
        Math.round(candidate.failed()));
  }

  private static char mark(int share) {
    return share == 0 ? '.' : share == 100 ? '#' : Character.forDigit(share / 10, 10);
  }

  private void note(ReleaseId id, String stable) {
    for (; told < world.ledger.entries.size(); told++) {
      Change.Entry entry = world.ledger.entries.get(told);
      Optional<String> what = words(entry);
      if (entry.release().equals(id) && what.isPresent()) {
        Users.Count all =
            users.count(id.revision(), began, clock.now())
                .plus(users.count(stable, began, clock.now()));
        rows.add(
            new Row(
                Duration.between(began, entry.at()),
                what.get(),
                share(entry.after()),
                verdict(entry.event()),
                Math.round(all.requests()),
                Math.round(all.failed())));
      }
    }
  }

  private static int share(Release release) {
    return switch (release.stage()) {
      case Stage.Canary s -> s.percent();
      case Stage.Paused s -> s.percent();
      case Stage.Watching s -> 100;
      case Stage.Live s -> 100;
      default -> 0;
    };
  }

  private static Optional<String> words(Change.Entry entry) {
    return switch (entry.event()) {
      case ReleaseEvent.RolloutStarted e -> Optional.of("deployed at 0 %, under a tag");
      case ReleaseEvent.SmokePassed e ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "smoke test passed, first answer in %d ms",
                  e.firstMillis()));
      case ReleaseEvent.StepReached e -> Optional.of("step %d".formatted(e.step() + 1));
      case ReleaseEvent.Promoted e ->
          Optional.of("all traffic, watched for %d min".formatted(e.watch().toMinutes()));
      case ReleaseEvent.WatchEnded e -> Optional.of("live");
      case ReleaseEvent.Paused e -> Optional.of("paused: a person decides");
      case ReleaseEvent.RollbackStarted e ->
          Optional.of(
              e.verdict().isPresent() ? "rolling back" : "rolling back: " + e.reason());
      case ReleaseEvent.RolledBack e -> Optional.of("rolled back");
      case ReleaseEvent.Failed e -> Optional.of("failed: " + e.reason());
      default -> Optional.empty();
    };
  }

  private static Optional<Verdict> verdict(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.StepReached e -> e.verdict();
      case ReleaseEvent.Promoted e -> e.verdict();
      case ReleaseEvent.WatchEnded e -> e.verdict();
      case ReleaseEvent.Paused e -> e.verdict();
      case ReleaseEvent.RollbackStarted e -> e.verdict();
      default -> Optional.empty();
    };
  }
}
