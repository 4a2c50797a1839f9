package dev.slipway.cli.simulate;

import dev.slipway.PolicyDocument;
import dev.slipway.release.BuildState;
import dev.slipway.release.Command;
import dev.slipway.release.IllegalTransitionException;
import dev.slipway.release.Policy;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Traffic;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Some hours of one team's life in which much goes wrong, then calm: drawn from one seed, the same
 * each time.
 *
 * <p>It is the functions' own pipeline that runs, on platforms in memory. Its workers take turns at
 * every call to a platform; there they also crash, stall and are refused. Messages are lost,
 * doubled and late, clocks jump, builds and candidates fail, people give commands and change the
 * traffic. Then faults end, and all must come to an end of its own.
 */
final class Simulation implements AutoCloseable {

  private static final Duration TROUBLE = Duration.ofHours(2);

  /** Ticks within which all must have come to rest; the longest deadline there is, and some. */
  private static final int PATIENCE = 240;

  private final long seed;
  private final List<String> regions;
  private final Weakness weakness;
  private final Luck luck;
  private final VirtualClock clock = new VirtualClock();
  private final Tally tally = new Tally();
  private final Story story;
  private final Crew crew;
  private final Turmoil turmoil;
  private final World world;
  private final Invariants invariants;
  private final Agenda agenda = new Agenda(clock);
  private final Deliveries deliveries;
  private final List<Upload> uploads = new ArrayList<>();
  private final Candidates candidates;
  private final People people;
  private final Builders builders;
  private int told;
  private Instant calmed = Instant.MAX;

  /** The policy, but for its regions. */
  private String rules = "";

  /**
   * What came of it.
   *
   * @param violation what did not hold; empty when all did
   * @param ticks how many it took from the last fault until nothing moved any more
   */
  record Outcome(long seed, Optional<String> violation, Tally tally, int ticks) {}

  private Simulation(
      long seed, Weakness weakness, List<String> regions, @Nullable Consumer<String> reader) {
    this.seed = seed;
    this.regions = regions;
    this.weakness = weakness;
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    luck = new Luck(random);
    story = new Story(clock, reader);
    crew = new Crew(random, clock);
    turmoil = new Turmoil(crew, clock, random, tally, story);
    world = new World(turmoil, policy(), span -> crew.sleep(luck.seconds(1, 5)), clock);
    candidates = new Candidates(seed, clock);
    people = new People(world, random, tally, story);
    invariants = new Invariants(world, candidates);
    Deliveries.Notes notes = new Deliveries.Notes(tally, story);
    deliveries = new Deliveries(crew, agenda, turmoil, luck, notes);
    builders = new Builders(world, agenda, deliveries, luck, notes);
    world.services.careless = weakness == Weakness.NO_FENCE;
    world.builds.forgetful = weakness == Weakness.NO_ADOPTION;
    world.ledger.careless = weakness == Weakness.NO_COMPARE_AND_SET;
    world.builds.submitted = this::submitted;
    world.ledger.listener =
        release ->
            deliveries.message(
                "event of " + release.id(), () -> world.notifier.announce(release.id()));
    world.services.changing =
        traffic -> {
          people.overtaken();
          changing("", traffic);
        };
    world.services.readiness = this::readiness;
    world.jobs.outcome = candidates::job;
    world.services.deleting = revision -> invariants.deleting(revision);
    if (luck.chance(200)) {
      world.bucket.job = List.of("migrate");
    }
    regions.stream().skip(1).forEach(this::prepare);
    users("", world.measures);
  }

  private void prepare(String region) {
    SimulatedRegion there = world.in(region);
    there.services().changing = traffic -> changing(region, traffic);
    there.services().readiness = this::readiness;
    users(region, there.measures());
  }

  /** How users fare there, and what is measured of it. */
  private void users(String region, SimulatedMeasures there) {
    there.smoke = candidates::smoke;
    there.logged = candidates::logged;
    if (weakness != Weakness.NO_MEASURING) {
      there.answers = (revision, from, to) -> candidates.answered(region, revision, from, to);
    }
  }

  private void changing(String region, Traffic traffic) {
    story.tell(
        () ->
            "    traffic%s: %s, epoch %d"
                .formatted(
                    region.isEmpty() ? "" : " in " + region, traffic.shares(), traffic.epoch()));
    invariants.changing(region, traffic);
    if (!regions.isEmpty() && traffic.shares().size() == 1) {
      candidates.alone(region, traffic.shares().getFirst().revision());
    }
  }

  /**
   * Simulates what a seed holds.
   *
   * @param weakness which safeguard is missing
   * @param reader takes each line of the story, if anybody wants to know
   */
  static Outcome of(long seed, Weakness weakness, @Nullable Consumer<String> reader) {
    return of(seed, weakness, List.of(), reader);
  }

  /**
   * The same in several regions.
   *
   * @param regions in order, the first the environment's own; none for that one alone
   */
  static Outcome of(
      long seed, Weakness weakness, List<String> regions, @Nullable Consumer<String> reader) {
    try (Simulation simulation = new Simulation(seed, weakness, regions, reader)) {
      return simulation.run();
    }
  }

  private Outcome run() {
    try {
      trouble();
      int ticks = calm();
      aftermath();
      invariants.told(calmed);
      invariants.converged(uploads, people.changedTrafficLast());
      goBack();
      tally.add("commits", world.ledger.commits);
      tally.add("posts", world.slack.posted.size());
      tally.add("entries", world.ledger.entries.size());
      tally.add("releases", world.ledger.releases.size());
      return new Outcome(seed, Optional.empty(), tally, ticks);
    } catch (Invariants.Violated | IllegalTransitionException e) {
      story.tell(() -> "VIOLATED: " + e.getMessage());
      return new Outcome(seed, Optional.of(String.valueOf(e.getMessage())), tally, PATIENCE);
    }
  }

  @Override
  public void close() {
    crew.close();
  }

  /** So short that within a story revisions and images are thrown away: in every other one. */
  private static final String CLEANUP = "cleanup: {keepRevisions: 1, keepFor: 5m}";

  private Policy policy() {
    String approval =
        luck.chance(150) ? "\napproval: {approvers: [alice, bob], quorum: %d}".formatted(1 + luck.below(2)) : "";
    rules =
        "contest: %s\nsteps: %s\nhold: %ds\nwatch: %ds\n%s%s"
            .formatted(
                luck.chance(500) ? "queue" : "supersede",
                luck.chance(500) ? "[10, 50, 100]" : "[25, 100]",
                60 + luck.below(400),
                luck.chance(500) ? 0 : luck.below(900),
                seed % 2 == 0 ? CLEANUP : "",
                approval);
    return PolicyDocument.read(in(growing() ? regions.subList(0, 1 + (int) (seed % 2)) : regions));
  }

  /** Whether a team has further regions only after a while. */
  private boolean growing() {
    return regions.size() > 2 && seed % 3 == 0;
  }

  private String in(List<String> several) {
    String yaml = rules + "\nregions: " + several;
    story.tell(() -> "policy: " + yaml.replace("\n", ", "));
    return yaml;
  }

  // --- time -------------------------------------------------------------------------------------

  /** Lets everything happen that happens until then. */
  private void live(Instant end) {
    while (true) {
      if (crew.step()) {
        clock.advance(Duration.ofMillis(1 + luck.below(150)));
        watch();
      } else {
        Optional<Instant> next = next();
        if (next.isEmpty() || next.get().isAfter(end)) {
          clock.until(end);
          return;
        }
        clock.until(next.get());
      }
      agenda.happen();
    }
  }

  private Optional<Instant> next() {
    Optional<Instant> due = agenda.next();
    Optional<Instant> wakes = crew.wakes();
    return due.isPresent() && wakes.isPresent()
        ? Optional.of(due.get().isBefore(wakes.get()) ? due.get() : wakes.get())
        : due.or(() -> wakes);
  }

  private void watch() {
    for (; told < world.ledger.entries.size(); told++) {
      var entry = world.ledger.entries.get(told);
      tally.count("event " + entry.event().getClass().getSimpleName());
      story.tell(
          () ->
              "  %s #%d %s: %s%s"
                  .formatted(
                      entry.release(),
                      entry.sequence(),
                      entry.actor(),
                      entry.event().getClass().getSimpleName(),
                      entry.after().stage().why().map(why -> " (" + why + ")").orElse("")));
    }
    invariants.check(clock.now());
  }

  // --- trouble ----------------------------------------------------------------------------------

  private void trouble() {
    int count = 1 + luck.below(4);
    for (int i = 0; i < count; i++) {
      int number = i;
      agenda.later(luck.seconds(1, 90 * 60), () -> upload(number));
    }
    if (growing()) {
      agenda.later(Duration.ofMinutes(15 + seed % 60), () -> world.rule(in(regions)));
    }
    Instant end = clock.now().plus(TROUBLE);
    while (clock.now().isBefore(end)) {
      minute();
      live(clock.now().plusSeconds(60));
    }
  }

  /** Two functions hear it. */
  private void tick() {
    deliveries.invoke("tick", world.building::sweep, 0);
    deliveries.invoke("tick", world.deploying::sweep, 0);
  }

  private void minute() {
    if (luck.chance(850)) {
      tick();
    } else {
      tally.count("ticks lost");
    }
    if (luck.chance(15)) {
      Duration by = luck.chance(400) ? Duration.ZERO : Duration.ofHours(luck.chance(500) ? 1 : -1);
      clock.skew(by);
      invariants.disturbed(clock.now());
      tally.count("clock jumps");
      story.tell(() -> "the clock is wrong by " + by);
    }
    if (luck.chance(120)) {
      people.command(command -> deliveries.message("command " + command, () -> world.commands.obey(command)));
    }
    if (luck.chance(40)) {
      people.edit();
    }
    if (luck.chance(30)) {
      boolean readable = world.measures.unreadable.isPresent();
      measurable(readable ? Optional.empty() : Optional.of("Monitoring is down"));
      tally.count("outages of Monitoring");
    }
    if (luck.chance(30)) {
      world.ledger.aborts = 1 + luck.below(6);
      tally.add("commits aborted by rivals", world.ledger.aborts);
    }
  }

  /** In every region, or in none. */
  private void measurable(Optional<String> unreadable) {
    world.measures.unreadable = unreadable;
    regions.forEach(region -> world.in(region).measures().unreadable = unreadable);
    invariants.disturbed(clock.now());
  }

  private void upload(int number) {
    Upload upload =
        luck.chance(100)
            ? world.promoted("p" + number)
            : world.put("hello-" + number + ".crate", "v" + luck.below(4));
    uploads.add(upload);
    tally.count("uploads");
    story.tell(() -> "upload of " + upload);
    deliveries.message(
        "finalized " + upload.object(),
        () ->
            world.intake.receive(
                weakness == Weakness.NO_DEDUPE ? world.bucket.again(upload) : upload));
  }

  private void submitted(BuildState build) {
    invariants.submitting(build, turmoil.listed(), clock.now());
    builders.build(build, turmoil.isCalm());
  }

  // --- the candidates ---------------------------------------------------------------------------

  private Readiness readiness(String revision) {
    Readiness now = candidates.readiness(revision);
    if (now instanceof Readiness.Ready) {
      invariants.ready(revision);
    }
    return now;
  }

  // --- calm -------------------------------------------------------------------------------------

  /** Faults end, people set right what waits for them, and ticks come. */
  private int calm() {
    story.tell(() -> "--- from here on nothing fails any more ---");
    turmoil.calmDown();
    calmed = clock.now();
    clock.skew(Duration.ZERO);
    invariants.disturbed(clock.now());
    world.ledger.aborts = 0;
    measurable(Optional.empty());
    // Workers that stall come back, messages that are late arrive.
    live(clock.now().plus(Duration.ofHours(1)));
    return rest();
  }

  /** Ticks until nothing moves any more, and says how often that was. */
  private int rest() {
    for (int tick = 1; tick <= PATIENCE; tick++) {
      if (world.ledger.active().isEmpty() && crew.isIdle() && agenda.isEmpty()) {
        return tick - 1;
      }
      people.setRight(this::order);
      tick();
      live(clock.now().plusSeconds(60));
    }
    return PATIENCE;
  }

  /** Builds nobody waits for are stopped by the tick after their release's end. */
  private void aftermath() {
    for (int i = 0; i < 2; i++) {
      tick();
      live(clock.now().plusSeconds(60));
    }
  }

  private void order(Command.Kind kind, ReleaseId release) {
    for (String who : List.of("alice", "bob")) {
      deliveries.invoke(
          kind + " by " + who,
          () -> world.commands.obey(new Command(kind, release, who, "to go on")),
          Deliveries.REDELIVERIES);
    }
  }

  /** At the end of it all the release before can be had back, if it runs. */
  private void goBack() {
    Optional<ReleaseId> live = world.service().live();
    Optional<ReleaseId> before = world.service().previous();
    if (live.isEmpty() || before.isEmpty()) {
      return;
    }
    story.tell(() -> "--- a person rolls " + live.get() + " back ---");
    tally.count("rollbacks at the end");
    order(Command.Kind.ROLLBACK, live.get());
    rest();
    invariants.wentBack(live.get(), before.get());
  }
}
