package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a release of a crate would do if it were uploaded now. Nothing of it is done.
 *
 * @param service the Cloud Run service
 * @param live the release that serves it, as far as the ledger knows
 * @param before the traffic as it is; empty where there is no service
 * @param elsewhere the same in each region after the first; empty where there is only one
 * @param build what its build is expected to be; empty where that cannot be said
 * @param hurdles what stands in its way
 * @param moves its rollout, move by move; empty where the traffic as it is leaves none
 * @param check what the platform says to the change, asked to only check it
 */
public record Plan(
    ServiceName service,
    Optional<ReleaseId> live,
    List<Traffic.Share> before,
    List<There> elsewhere,
    Optional<BuildForecast> build,
    Hurdles hurdles,
    List<Move> moves,
    Check check) {

  /** The name the revision to be goes by in a plan: its own follows from the upload. */
  public static final String CANDIDATE = "candidate";

  private static final String KEY_TO_BE = "000000000000";

  public Plan {
    before = List.copyOf(before);
    elsewhere = List.copyOf(elsewhere);
    moves = List.copyOf(moves);
  }

  /**
   * What stands in a release's way.
   *
   * @param refusals why it would be rejected before it is built
   * @param waits what would keep its rollout from beginning now, in the order it would meet them
   * @param limits what its image is held against before it is deployed, in words
   */
  public record Hurdles(List<Finding> refusals, List<String> waits, List<String> limits) {
    public Hurdles {
      refusals = List.copyOf(refusals);
      waits = List.copyOf(waits);
      limits = List.copyOf(limits);
    }
  }

  /**
   * What the platform says to the change.
   *
   * @param objection what it says against it; empty when nothing, or when it was not asked
   * @param unasked why it was not asked; empty when it was
   */
  public record Check(Optional<String> objection, Optional<String> unasked) {

    /** It has nothing against it. */
    public static final Check PASSED = new Check(Optional.empty(), Optional.empty());

    /** There is nothing it could be asked about. */
    public static final Check NO_IMAGE = unasked("there is no image yet that it could check");

    public static Check objected(String why) {
      return new Check(Optional.of(why), Optional.empty());
    }

    public static Check unasked(String why) {
      return new Check(Optional.empty(), Optional.of(why));
    }

    /** What several checks come to: every objection, else why one was not asked, if one was not. */
    public static Check of(List<Check> several) {
      String objections =
          several.stream()
              .flatMap(check -> check.objection().stream())
              .collect(Collectors.joining("; "));
      return objections.isEmpty()
          ? several.stream().filter(c -> c.unasked().isPresent()).findFirst().orElse(PASSED)
          : objected(objections);
    }

    /** The same, said of a region. */
    public Check in(String region) {
      return new Check(
          objection.map(why -> region + ": " + why), unasked.map(why -> region + ": " + why));
    }
  }

  /**
   * One move of a rollout.
   *
   * @param what happens, in words
   * @param after the region's traffic once it has happened
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
   * A region after the first.
   *
   * @param before the traffic as it is; empty where there is no service
   */
  public record There(String region, List<Traffic.Share> before) {
    public There {
      before = List.copyOf(before);
    }

    /** As the platform has it. */
    public static There of(String region, Optional<ServiceState> state) {
      return new There(region, state.map(Traffic::sharesOf).orElse(List.of()));
    }

    /** What would be gone back to: the one that has all the traffic. */
    Optional<String> stable() {
      return before.stream()
          .filter(share -> share.percent() == 100)
          .map(Traffic.Share::revision)
          .findFirst();
    }
  }

  /**
   * What a plan rests on.
   *
   * @param ledger what is known of the service
   * @param state the service as it stands; empty where there is none
   * @param elsewhere the regions after the first
   * @param build without what builds before it took
   */
  public record Basis(
      Crate crate,
      Known ledger,
      Optional<ServiceState> state,
      List<There> elsewhere,
      Optional<BuildForecast> build,
      Policy policy,
      Instant now) {
    public Basis {
      elsewhere = List.copyOf(elsewhere);
    }
  }

  /**
   * What the ledger knows of the service.
   *
   * @param others its live, previous and rolling-out releases
   * @param latest its latest releases, newest first
   */
  public record Known(
      ServiceRecord service, Map<ReleaseId, Release> others, List<Release> latest) {
    public Known {
      others = Map.copyOf(others);
      latest = List.copyOf(latest);
    }
  }

  /** The id a release has in a plan: no upload's key. */
  public static ReleaseId idOf(ServiceName service) {
    return new ReleaseId(service, KEY_TO_BE);
  }

  /**
   * What the platform can be asked to check before there is an image: the live release's, beside what
   * serves; empty where there is none.
   */
  public static Optional<Deployment> trial(
      ServiceRecord service, Map<ReleaseId, Release> others, Optional<ServiceState> state) {
    return service
        .live()
        .flatMap(live -> Optional.ofNullable(others.get(live)))
        .flatMap(Release::image)
        .map(
            image ->
                new Deployment(
                    idOf(service.name()),
                    image.reference(),
                    state.map(ServiceState::epoch).orElse(0L),
                    state.map(Traffic::sharesOf).orElse(List.of())));
  }

  /** The plan, without the platform's opinion. */
  public static Plan of(Basis basis) {
    Situation s = situation(basis);
    ServiceRecord service = basis.ledger().service();
    Optional<ServiceState> state = basis.state();
    Optional<String> stable = state.flatMap(found -> SlotDecision.stable(s, found));
    boolean first = state.map(found -> SlotDecision.isFirst(service, found)).orElse(true);
    List<String> waits = new ArrayList<>(PlannedWaits.of(s));
    if (!first && stable.isEmpty()) {
      waits.add(SlotDecision.unlikeLeft(state.orElseThrow()));
    }
    return new Plan(
        basis.crate().service(),
        service.live(),
        state.map(Traffic::sharesOf).orElse(List.of()),
        basis.elsewhere(),
        basis.build().map(build -> build.after(basis.ledger().latest())),
        new Hurdles(
            basis.policy().bounds().overstepped(basis.crate().settings()),
            waits,
            LimitWords.of(basis.policy())),
        first || stable.isPresent() ? PlannedMoves.of(basis, stable) : List.of(),
        Check.PASSED);
  }

  /** The same with what the platform says to it. */
  public Plan checked(Check said) {
    return new Plan(service, live, before, elsewhere, build, hurdles, moves, said);
  }

  /** The same with more reasons why it would be rejected. */
  public Plan refused(List<Finding> why) {
    List<Finding> all = new ArrayList<>(hurdles.refusals());
    all.addAll(why);
    Hurdles more = new Hurdles(all, hurdles.waits(), hurdles.limits());
    return new Plan(service, live, before, elsewhere, build, more, moves, check);
  }

  /** Whether nothing is known that would refuse it. */
  public boolean isFree() {
    return hurdles.refusals().isEmpty() && check.objection().isEmpty();
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
        basis.ledger().service(),
        basis.ledger().others(),
        new Observation.OfService(basis.state()),
        basis.policy(),
        basis.now());
  }
}
