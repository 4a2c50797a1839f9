package dev.slipway.local.run;

import com.google.cloud.run.v2.Probe;
import dev.slipway.local.run.Launcher.Listening;
import dev.slipway.local.run.Launcher.Running;
import dev.slipway.local.run.StartupProbe.Answer;
import dev.slipway.local.time.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches one process from its launch until it is ready, has ended or has used up its time. While
 * nothing listens an attempt goes on asking until its time-out; an answer that is not well ends the
 * attempt. What was found is told once.
 */
final class StartupWatch {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(160);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Scheduler scheduler;
  private final Clock clock;
  private final Duration patience;
  private final Probe probe;
  private final Running running;
  private final int port;
  private final Consumer<@Nullable String> found;

  private boolean told;
  private int failures;
  private Instant attemptBegan;
  private Duration pause = SHORTEST_PAUSE;
  private Instant lastLook;
  private @Nullable Instant elsewhereSince;

  /**
   * @param patience how long it may listen elsewhere
   * @param found takes null when ready, else what is wrong, as a sentence without its subject
   */
  StartupWatch(
      Timing timing,
      Duration patience,
      Probe probe,
      Running running,
      int port,
      Consumer<@Nullable String> found) {
    this.scheduler = timing.scheduler();
    this.clock = timing.clock();
    this.patience = patience;
    this.probe = probe;
    this.running = running;
    this.port = port;
    this.found = found;
    attemptBegan = clock.instant();
    lastLook = attemptBegan;
  }

  /** Time as an instance's parts need it. */
  record Timing(Clock clock, Scheduler scheduler) {}

  void begin() {
    var unused = running.exit().thenAccept(code -> scheduler.soon(() -> tell(exited(code))));
    scheduler.schedule(Duration.ofSeconds(probe.getInitialDelaySeconds()), this::attempt);
  }

  private static String exited(int code) {
    return code > 128
        ? "ended with exit code %d (signal %d) before it listened".formatted(code, code - 128)
        : "ended with exit code %d before it listened".formatted(code);
  }

  private void attempt() {
    attemptBegan = clock.instant();
    poll();
  }

  private void poll() {
    if (told()) {
      return;
    }
    switch (new StartupProbe(probe).ask(port)) {
      case Answer.Ready ready -> tell(onlyLoopback());
      case Answer.Unwell unwell -> missed(unwell.why());
      case Answer.Refused refused -> refused();
    }
  }

  private void refused() {
    Instant now = clock.instant();
    if (now.isAfter(lastLook.plus(BETWEEN_LOOKS))) {
      lastLook = now;
      List<Listening> elsewhere = running.listening();
      if (elsewhere.isEmpty()) {
        elsewhereSince = null;
      } else if (elsewhereSince == null) {
        elsewhereSince = now;
      } else if (!now.isBefore(elsewhereSince.plus(patience))) {
        tell(listensElsewhere(elsewhere));
        return;
      }
    }
    if (now.isBefore(attemptBegan.plusSeconds(probe.getTimeoutSeconds()))) {
      scheduler.schedule(pause, this::poll);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    } else {
      List<Listening> elsewhere = running.listening();
      missed(elsewhere.isEmpty() ? "listened on no port" : listensElsewhere(elsewhere));
    }
  }

  private void missed(String why) {
    failures++;
    if (failures >= probe.getFailureThreshold()) {
      tell("%s, after %d failed probe(s)".formatted(why, failures));
      return;
    }
    Instant next = attemptBegan.plusSeconds(probe.getPeriodSeconds());
    Duration rest = Duration.between(clock.instant(), next);
    scheduler.schedule(rest.isNegative() ? Duration.ZERO : rest, this::attempt);
  }

  /** On a laptop such a process would be reached; on Cloud Run it would not. */
  private @Nullable String onlyLoopback() {
    List<Listening> here =
        running.listening().stream().filter(listening -> listening.port() == port).toList();
    boolean closed = !here.isEmpty() && here.stream().allMatch(Listening::loopback);
    return closed ? listensElsewhere(here) : null;
  }

  private String listensElsewhere(List<Listening> addresses) {
    return "listens on %s, not on 0.0.0.0:$PORT (PORT is %d)"
        .formatted(
            addresses.stream()
                .map(Listening::toString)
                .distinct()
                .collect(Collectors.joining(", ")),
            port);
  }

  private synchronized boolean told() {
    return told;
  }

  private void tell(@Nullable String problem) {
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
    }
    found.accept(problem);
  }
}
