package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a release of a crate would do if it were uploaded now. Nothing of it is done.
 *
 * @param service the Cloud Run service
 * @param live the release that serves it, as far as the ledger knows
 * @param before the traffic as it is; empty where there is no service
 * @param refusals why it would be rejected before it is built
 * @param waits what would keep its rollout from beginning now, in the order it would meet them
 * @param moves its rollout, move by move; empty where the traffic as it is leaves none
 * @param limits what its image is held against before it is deployed, in words
 * @param objection what the platform says against the change, asked to only check it
 */
public record Plan(
    ServiceName service,
    Optional<ReleaseId> live,
    List<Traffic.Share> before,
    List<Finding> refusals,
    List<String> waits,
    List<Move> moves,
    List<String> limits,
    Optional<String> objection) {

  /** The name the revision to be goes by in a plan: its own follows from the upload. */
  public static final String CANDIDATE = "candidate";

  private static final String KEY_TO_BE = "000000000000";

  public Plan {
    before = List.copyOf(before);
    refusals = List.copyOf(refusals);
    waits = List.copyOf(waits);
    moves = List.copyOf(moves);
    limits = List.copyOf(limits);
  }

  /**
   * One move of a rollout.
   *
   * @param what happens, in words
   * @param after the traffic once it has happened
   * @param lasts how long it stays so; zero where the next move follows at once
   * @param gates what is checked before the next move, in words
   */
  public record Move(
      String what, List<Traffic.Share> after, Duration lasts, List<String> gates) {
    public Move {
      after = List.copyOf(after);
      gates = List.copyOf(gates);
    }
  }

  /**
   * What a plan rests on.
   *
   * @param others the service's live, previous and rolling-out releases
   * @param state the service as it stands; empty where there is none
   */
  public record Basis(
      Crate crate,
      ServiceRecord service,
      Map<ReleaseId, Release> others,
      Optional<ServiceState> state,
      Policy policy,
      Instant now) {}

  /** The id a release has in a plan: no upload's key. */
  public static ReleaseId idOf(ServiceName service) {
    return new ReleaseId(service, KEY_TO_BE);
  }

  /** The plan, without the platform's opinion. */
  public static Plan of(Basis basis) {
    Situation s = situation(basis);
    Optional<ServiceState> state = basis.state();
    Optional<String> stable = state.flatMap(found -> SlotDecision.stable(s, found));
    boolean first = state.map(found -> SlotDecision.isFirst(basis.service(), found)).orElse(true);
    List<String> waits = new ArrayList<>(waits(s));
    if (!first && stable.isEmpty()) {
      waits.add(SlotDecision.unlikeLeft(state.orElseThrow()));
    }
    return new Plan(
        basis.crate().service(),
        basis.service().live(),
        state.map(Traffic::sharesOf).orElse(List.of()),
        basis.policy().bounds().overstepped(basis.crate().settings()),
        waits,
        everywhere(
            basis,
            first ? firstMoves(basis) : stable.map(from -> moves(basis, from)).orElse(List.of())),
        limits(basis.policy()),
        Optional.empty());
  }

  /** The same with what the platform says against it. */
  public Plan objected(Optional<String> why) {
    return new Plan(service, live, before, refusals, waits, moves, limits, why);
  }

  /** A release as it would stand once it is built. */
  private static Situation situation(Basis basis) {
    ReleaseId id = idOf(basis.crate().service());
    Upload upload = new Upload("plan", "plan", Long.MAX_VALUE);
    Source source = new Source(upload, "", 0, new StoredObject("plan", "plan", 1));
    Release received =
        Release.begin(
            id, new ReleaseEvent.Received(source, basis.crate(), List.of()), basis.now());
    return new Situation(
        received,
        basis.service(),
        basis.others(),
        new Observation.OfService(basis.state()),
        basis.policy(),
        basis.now());
  }

  private static List<String> waits(Situation s) {
    return Stream.of(
            PermitDecision.approval(s),
            PermitDecision.hold(s),
            PermitDecision.freeze(s),
            SlotDecision.queue(s))
        .flatMap(Optional::stream)
        .flatMap(step -> said(step).stream())
        .toList();
  }

  private static Optional<String> said(Step step) {
    return step instanceof Step.Note(ReleaseEvent event)
        ? switch (event) {
          case ReleaseEvent.ApprovalRequested e ->
              Optional.of(
                  "%d of %s must approve until %s"
                      .formatted(e.quorum(), String.join(", ", e.approvers()), e.until()));
          case ReleaseEvent.Held e -> Optional.of(e.reason());
          case ReleaseEvent.Enqueued e -> Optional.of("it has its turn after " + e.behind());
          default -> Optional.empty();
        }
        : Optional.empty();
  }

  private static List<Move> everywhere(Basis basis, List<Move> first) {
    List<Move> moves = new ArrayList<>(first);
    if (!first.isEmpty()) {
      basis.policy().pace().regions().stream()
          .skip(1)
          .forEach(
              region ->
                  moves.add(
                      new Move(
                          "then the same in %s, with a candidate, steps and gates of its own"
                              .formatted(region),
                          List.of(new Traffic.Share(CANDIDATE, 100)),
                          Duration.ZERO,
                          List.of())));
    }
    return moves;
  }

  private static List<Move> firstMoves(Basis basis) {
    List<Traffic.Share> all = List.of(new Traffic.Share(CANDIDATE, 100));
    return List.of(
        new Move(
            "the service is made; there is nothing to compare it with, so its first revision has"
                + " all the traffic",
            all,
            Duration.ZERO,
            List.of(smoke(basis))));
  }

  private static List<Move> moves(Basis basis, String stable) {
    Pace pace = basis.policy().pace();
    List<Move> moves = new ArrayList<>();
    List<String> job = basis.crate().settings().job();
    if (!job.isEmpty()) {
      moves.add(
          new Move(
              "its job runs once: " + String.join(" ", job),
              List.of(new Traffic.Share(stable, 100)),
              Duration.ZERO,
              List.of("it ends with exit code 0")));
    }
    List<String> tried = new ArrayList<>(List.of(smoke(basis)));
    if (pace.warmup() > 0) {
      tried.add("warm-up: " + pace.warmup() + " more requests");
    }
    moves.add(
        new Move(
            "the candidate is deployed beside, under a tag",
            List.of(new Traffic.Share(stable, 100)),
            Duration.ZERO,
            tried));
    for (int percent : pace.steps()) {
      boolean last = percent == 100;
      moves.add(
          new Move(
              last ? "the candidate has all the traffic" : "step to " + percent + "%",
              last
                  ? List.of(new Traffic.Share(CANDIDATE, 100))
                  : Traffic.canary(stable, CANDIDATE, percent, 0).shares(),
              last ? pace.watch() : pace.hold(),
              last ? watched(basis.policy()) : GateWords.of(basis.policy().gate())));
    }
    return moves;
  }

  /** What has all the traffic is judged only as long as it is watched. */
  private static List<String> watched(Policy policy) {
    return policy.pace().watch().isPositive() ? GateWords.of(policy.gate()) : List.of();
  }

  private static String smoke(Basis basis) {
    SmokeTest test = basis.policy().smokeOf(basis.crate());
    String status = test.status().isEmpty() ? "a status below 400" : test.status().toString();
    return "smoke test: %d times GET %s, %s%s"
        .formatted(
            test.requests(),
            test.path(),
            status,
            test.contains().map(text -> ", with '" + text + "'").orElse(""));
  }

  private static List<String> limits(Policy policy) {
    List<String> limits = new ArrayList<>();
    Budget budget = policy.budget();
    budget
        .maxBytes()
        .ifPresent(
            max ->
                limits.add("image of at most %s: %s".formatted(ByteSize.shown(max), verb(budget.action()))));
    budget
        .maxGrowthPercent()
        .ifPresent(
            max ->
                limits.add(
                    "image at most %d %% larger than the live one: %s"
                        .formatted(max, verb(budget.action()))));
    limits.add("packages with known faults: " + verb(policy.advisories()));
    return limits;
  }

  private static String verb(Reaction reaction) {
    return switch (reaction) {
      case IGNORE -> "ignored";
      case WARN -> "else a warning";
      case BLOCK -> "else rejected";
    };
  }
}
