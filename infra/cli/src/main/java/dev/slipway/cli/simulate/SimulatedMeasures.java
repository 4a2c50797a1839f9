package dev.slipway.cli.simulate;

import dev.slipway.release.Histogram;
import dev.slipway.release.Measurements;
import dev.slipway.release.Rollout;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Signal;
import dev.slipway.release.Signals;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import dev.slipway.release.Tally;
import dev.slipway.release.Windows;
import dev.slipway.rollout.Logs;
import dev.slipway.rollout.Metrics;
import dev.slipway.rollout.Smoke;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What can be seen of the revisions of one region: what they answer, what they log. */
final class SimulatedMeasures implements Smoke, Metrics, Logs {

  /** What users ask of a revision, and what they get. */
  interface Answers {
    Tally of(String revision, Instant from, Instant to);
  }

  private final Boundary boundary;
  private final Clock clock;

  /** What the smoke test of a URL finds. */
  Function<String, SmokeResult> smoke = uri -> new SmokeResult.Passed(3, Duration.ofMillis(5));

  /** What a revision answers users in one window. */
  Answers answers = (revision, from, to) -> new Tally(500, 0, Histogram.EMPTY);

  /** What a revision logs that is a sign of trouble. */
  Function<String, List<Signal>> logged = revision -> List.of();

  /** Why nothing can be measured, where nothing can. */
  Optional<String> unreadable = Optional.empty();

  /** How often measurements were read. */
  int readings;

  /** When requests of Slipway's own were sent, a moment each. */
  final List<Instant> sampled = new ArrayList<>();

  SimulatedMeasures(Boundary boundary, Clock clock) {
    this.boundary = boundary;
    this.clock = clock;
  }

  @Override
  public SmokeResult run(Address address, SmokeTest test, int warmup) {
    boundary.look("smoke");
    return smoke.apply(address.uri());
  }

  @Override
  public void sample(Address address, SmokeTest test) {
    boundary.look("sample");
    for (int i = 0; i < test.requests(); i++) {
      sampled.add(clock.instant());
    }
  }

  @Override
  public Measurements read(ServiceName service, Rollout rollout, Windows windows) {
    boundary.look("read metrics");
    readings++;
    if (unreadable.isPresent()) {
      return Measurements.unreadable(unreadable.get());
    }
    List<Measurements.Slice> candidate = new ArrayList<>(asked(rollout.revision(), windows));
    candidate.addAll(slices(windows, this::own));
    return Measurements.of(
        candidate, rollout.baseline().map(stable -> asked(stable, windows)).orElse(List.of()));
  }

  private List<Measurements.Slice> asked(String revision, Windows windows) {
    return slices(windows, (from, to) -> answers.of(revision, from, to));
  }

  /** The requests Slipway sent the candidate itself, which it answered well. */
  private Tally own(Instant from, Instant to) {
    long own = sampled.stream().filter(at -> !at.isBefore(from) && at.isBefore(to)).count();
    return new Tally(own, 0, Histogram.EMPTY);
  }

  private static List<Measurements.Slice> slices(
      Windows windows, BiFunction<Instant, Instant, Tally> answers) {
    List<Measurements.Slice> slices = new ArrayList<>();
    for (int i = 0; i < windows.count(); i++) {
      Instant from = windows.since().plus(windows.length().multipliedBy(i));
      Instant to = from.plus(windows.length());
      slices.add(new Measurements.Slice(from, to, answers.apply(from, to)));
    }
    return slices;
  }

  @Override
  public Signals read(ServiceName service, Rollout rollout, Instant since) {
    boundary.look("read logs");
    return new Signals(
        logged.apply(rollout.revision()),
        rollout.baseline().map(logged).orElse(List.of()),
        new Signals.Synthetic(sampled.stream().filter(at -> !at.isBefore(since)).toList()),
        Optional.empty());
  }
}
