package dev.slipway.cli.simulate;

import dev.slipway.release.BuildState;
import dev.slipway.release.ServiceState.Readiness;
import dev.slipway.release.Traffic;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A world whose every turn is drawn from one seed: all that takes part in it, wired together. */
final class SeededWorld implements AutoCloseable {

  private final List<String> regions;
  private final Weakness weakness;
  private final Builders builders;
  private final Crew crew;
  private final Candidates candidates;
  private final Witness witness;
  final Luck luck;
  final Notes notes;
  final Agenda agenda;
  final Turmoil turmoil;
  final DrawnPolicy policy;
  final World world;
  final Invariants invariants;
  final Triggers triggers;
  final People people;
  final Course course;

  /**
   * A world in which nothing has happened yet.
   *
   * @param weakness which safeguard is missing
   * @param regions in order, the first the environment's own; none for that one alone
   * @param reader takes each line of the story, if anybody wants to know
   */
  SeededWorld(
      long seed, Weakness weakness, List<String> regions, @Nullable Consumer<String> reader) {
    this.regions = regions;
    this.weakness = weakness;
    VirtualClock clock = new VirtualClock();
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    luck = new Luck(random);
    notes = new Notes(new Tally(), new Story(clock, reader));
    agenda = new Agenda(clock);
    crew = new Crew(random, clock);
    turmoil = new Turmoil(crew, clock, random, notes);
    policy = new DrawnPolicy(seed, regions, luck, notes.story());
    world = new World(turmoil, policy.first(), span -> crew.sleep(luck.seconds(1, 5)), clock);
    candidates = new Candidates(seed, clock);
    invariants = new Invariants(world, candidates);
    Deliveries deliveries = new Deliveries(crew, agenda, turmoil, luck, notes);
    builders = new Builders(world, agenda, deliveries, luck, notes);
    triggers = new Triggers(world, deliveries, weakness);
    people = new People(world, luck, notes);
    witness = new Witness(world, invariants, notes);
    course = new Course(clock, agenda, crew, luck, witness);
    weaken();
    connect();
  }

  private void weaken() {
    world.services.careless = weakness == Weakness.NO_FENCE;
    world.builds.forgetful = weakness == Weakness.NO_ADOPTION;
    world.ledger.careless = weakness == Weakness.NO_COMPARE_AND_SET;
  }

  /** Who hears of what happens on the platforms, and who says what comes of it. */
  private void connect() {
    world.builds.submitted = this::submitted;
    world.ledger.listener = release -> triggers.published(release.id());
    world.jobs.outcome = candidates::job;
    world.services.deleting = invariants.traffic::deleting;
    if (luck.chance(200)) {
      world.bucket.job = List.of("migrate");
    }
    connect("", world.in(World.REGION));
    regions.stream().skip(1).forEach(region -> connect(region, world.in(region)));
  }

  /**
   * How revisions fare in a region, and how users do there.
   *
   * @param name empty for the environment's own
   */
  private void connect(String name, SimulatedRegion region) {
    region.services().changing = traffic -> changing(name, traffic);
    region.services().readiness = this::readiness;
    region.measures().smoke = candidates::smoke;
    region.measures().logged = candidates::logged;
    if (weakness != Weakness.NO_MEASURING) {
      region.measures().answers =
          (revision, from, to) -> candidates.answered(name, revision, from, to);
    }
  }

  private void submitted(BuildState build) {
    invariants.submitting(build, turmoil.listed(), world.clock.now());
    builders.build(build, turmoil.isCalm());
  }

  private void changing(String region, Traffic traffic) {
    if (region.isEmpty()) {
      people.overtaken();
    }
    witness.changing(region, traffic);
    if (!regions.isEmpty() && traffic.shares().size() == 1) {
      candidates.alone(region, traffic.shares().getFirst().revision());
    }
  }

  private Readiness readiness(String revision) {
    Readiness now = candidates.readiness(revision);
    if (now instanceof Readiness.Ready) {
      invariants.traffic.ready(revision);
    }
    return now;
  }

  @Override
  public void close() {
    crew.close();
  }
}
