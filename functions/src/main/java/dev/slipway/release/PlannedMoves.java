package dev.slipway.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The moves a crate's rollout would make, region by region. */
final class PlannedMoves {

  private static final List<Traffic.Share> ALL = List.of(new Traffic.Share(Plan.CANDIDATE, 100));

  private final Crate crate;
  private final Policy policy;
  private final List<Plan.Move> moves = new ArrayList<>();

  private PlannedMoves(Crate crate, Policy policy) {
    this.crate = crate;
    this.policy = policy;
  }

  /**
   * All of them.
   *
   * @param stable what serves in the first region; empty where nothing does
   */
  static List<Plan.Move> of(Plan.Basis basis, Optional<String> stable) {
    PlannedMoves planned = new PlannedMoves(basis.crate(), basis.policy());
    boolean one = basis.elsewhere().isEmpty();
    planned.region(one ? "" : "in the first region ", stable, one, true);
    int left = basis.elsewhere().size();
    for (Plan.There there : basis.elsewhere()) {
      planned.region("in " + there.region() + " ", there.stable(), --left == 0, false);
    }
    return planned.moves;
  }

  private void region(String where, Optional<String> stable, boolean last, boolean first) {
    stable.ifPresentOrElse(
        from -> beside(where, from, last, first), () -> alone(where));
  }

  private void alone(String where) {
    moves.add(
        new Plan.Move(
            where
                + "the service is made; there is nothing to compare it with, so its first revision"
                + " has all the traffic",
            ALL,
            Duration.ZERO,
            List.of(smoke())));
  }

  private void beside(String where, String stable, boolean last, boolean first) {
    Pace pace = policy.pace();
    List<Traffic.Share> asItIs = List.of(new Traffic.Share(stable, 100));
    List<String> job = crate.settings().job();
    if (first && !job.isEmpty()) {
      moves.add(
          new Plan.Move(
              where + "its job runs once: " + String.join(" ", job),
              asItIs,
              Duration.ZERO,
              List.of("it ends with exit code 0")));
    }
    moves.add(
        new Plan.Move(
            where + "the candidate is deployed beside, under a tag",
            asItIs,
            Duration.ZERO,
            tried()));
    for (int percent : pace.steps()) {
      moves.add(
          percent == 100
              ? whole(where, last)
              : new Plan.Move(
                  where + "step to " + percent + "%",
                  Traffic.canary(stable, Plan.CANDIDATE, percent, 0).shares(),
                  pace.hold(),
                  GateWords.of(policy.gate())));
    }
  }

  /** What has all the traffic of the last region is judged only as long as it is watched. */
  private Plan.Move whole(String where, boolean last) {
    Duration watch = last ? policy.pace().watch() : Duration.ZERO;
    boolean judged = !last || watch.isPositive();
    return new Plan.Move(
        where + "the candidate has all the traffic",
        ALL,
        watch,
        judged ? GateWords.of(policy.gate()) : List.of());
  }

  private List<String> tried() {
    List<String> tried = new ArrayList<>(List.of(smoke()));
    if (policy.smoke().sigterm() == Reaction.BLOCK) {
      tried.add(
          "its build stopped it by SIGTERM, and it ended within %d ms"
              .formatted(policy.smoke().sigtermWithin().toMillis()));
    }
    if (policy.pace().warmup() > 0) {
      tried.add("warm-up: " + policy.pace().warmup() + " more requests");
    }
    return tried;
  }

  private String smoke() {
    SmokeTest test = policy.smokeOf(crate);
    String status = test.status().isEmpty() ? "a status below 400" : test.status().toString();
    return "smoke test: %d times GET %s, %s%s"
        .formatted(
            test.requests(),
            test.path(),
            status,
            test.contains().map(text -> ", with '" + text + "'").orElse(""));
  }
}
