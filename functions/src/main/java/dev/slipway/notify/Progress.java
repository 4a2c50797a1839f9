package dev.slipway.notify;

import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Rollout;
import dev.slipway.release.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How far a release is, as a line and as a bar. */
final class Progress {

  private static final String BUILT = "built";
  private static final String SMOKE = "smoke";
  private static final String LIVE = "live";
  private static final int CELLS = 20;

  private Progress() {}

  /**
   * {@code ✓ received › ✓ built › ✓ smoke › ● 10% › ○ 50% › ○ live}: done, at it, to come; {@code ✗}
   * where it ended.
   *
   * @param steps the policy's shares of traffic, the last 100
   */
  static String line(Story story, List<Integer> steps) {
    List<String> stops = stops(steps);
    boolean watched = story.release().stage() instanceof Stage.Watching;
    int at = watched ? stops.size() - 1 : at(stops, done(story));
    List<String> marks = new ArrayList<>();
    for (int i = 0; i < stops.size(); i++) {
      String mark = i < at ? "✓ " : i > at ? "○ " : here(story);
      marks.add(mark + stops.get(i));
    }
    return String.join(" › ", marks);
  }

  /** Index of the stop it is at: the share it has, or else what it is working on. */
  private static int at(List<String> stops, Set<String> done) {
    if (done.contains(LIVE)) {
      return stops.size();
    }
    int first = 0;
    for (int i = 0; i < stops.size(); i++) {
      if (done.contains(stops.get(i))) {
        first = stops.get(i).endsWith("%") ? i : i + 1;
      }
    }
    return first;
  }

  private static String here(Story story) {
    return story.release().isActive() ? "● " : "✗ ";
  }

  private static List<String> stops(List<Integer> steps) {
    List<String> stops = new ArrayList<>(List.of("received", BUILT, SMOKE));
    steps.stream().filter(percent -> percent < 100).map(p -> p + "%").forEach(stops::add);
    stops.add(LIVE);
    return stops;
  }

  private static Set<String> done(Story story) {
    Set<String> done = new LinkedHashSet<>();
    for (Story.Event each : story.events()) {
      switch (each.event()) {
        case ReleaseEvent.Received e -> done.add("received");
        case ReleaseEvent.TriedAgain e -> {
          done.add("received");
          e.built().ifPresent(built -> done.add(BUILT));
        }
        case ReleaseEvent.PromotionReceived e -> done.add("received");
        case ReleaseEvent.ImageCopied e -> done.add(BUILT);
        case ReleaseEvent.BuildSucceeded e -> done.add(BUILT);
        case ReleaseEvent.SmokePassed e -> done.add(SMOKE);
        case ReleaseEvent.StepReached e -> done.add(e.percent() + "%");
        case ReleaseEvent.Promoted e -> done.add(LIVE);
        default -> {}
      }
    }
    return done;
  }

  /** {@code ██░░░░░░░░ 10% this release, 90% hello-0123...}; empty while it has no traffic. */
  static String bar(Stage stage) {
    return switch (stage) {
      case Stage.Canary s -> bar(s.percent(), s.rollout());
      case Stage.Paused s -> bar(s.percent(), s.rollout());
      case Stage.Watching s -> bar(100, s.rollout());
      case Stage.Live s -> bar(100, s.rollout());
      default -> "";
    };
  }

  private static String bar(int percent, Rollout rollout) {
    int full = Math.clamp(Math.round(percent * CELLS / 100.0), percent > 0 ? 1 : 0, CELLS);
    Optional<String> rest = rollout.baseline().filter(revision -> percent < 100);
    return "`%s%s` %d%% this release%s"
        .formatted(
            "█".repeat(full),
            "░".repeat(CELLS - full),
            percent,
            rest.map(r -> ", %d%% %s".formatted(100 - percent, Markup.code(r))).orElse(""));
  }
}
