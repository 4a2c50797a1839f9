package dev.slipway;

import com.google.common.base.Suppliers;
import dev.slipway.console.Console;
import dev.slipway.log.FunctionLogs;
import dev.slipway.log.JsonLines;
import dev.slipway.log.LogContext;
import dev.slipway.notify.Interactions;
import dev.slipway.notify.Notifier;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Commands;
import dev.slipway.pipeline.Duty;
import dev.slipway.pipeline.Housekeeping;
import dev.slipway.pipeline.Instruments;
import dev.slipway.pipeline.Intake;
import dev.slipway.pipeline.Inventory;
import dev.slipway.pipeline.Journal;
import dev.slipway.pipeline.Observer;
import dev.slipway.pipeline.OldImages;
import dev.slipway.pipeline.OldRevisions;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Promotions;
import dev.slipway.pipeline.Pulse;
import dev.slipway.pipeline.Rehearsals;
import dev.slipway.pipeline.Retelling;
import dev.slipway.pipeline.Strays;
import dev.slipway.pipeline.Sweep;
import dev.slipway.release.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts the functions together: what needs what, and nothing else. */
public final class Wiring {

  /** The wiring of this process, made by whichever function is constructed first. */
  private static final class Shared {
    static final Wiring INSTANCE = of(Settings.from(Environment.read()));
  }

  private final Settings settings;
  private final Ports ports;
  private final Advance.Context context;
  private final Instruments instruments;
  private final SlackWiring slack;
  private final Supplier<Console> console = Suppliers.memoize(this::makeConsole);

  /** Made once: it remembers what it has done this minute. */
  private final Supplier<Housekeeping> housekeeping = Suppliers.memoize(this::makeHousekeeping);
  private final FunctionLogs logs;

  public Wiring(Settings settings, Ports ports, Advance.Context context) {
    this(settings, ports, context, FunctionLogs.unchanged());
  }

  private Wiring(Settings settings, Ports ports, Advance.Context context, FunctionLogs logs) {
    this.settings = settings;
    this.ports = ports;
    this.context = context;
    instruments =
        new Instruments(
            (service, rollout, windows) -> ports.metrics().read(service, rollout, windows),
            (service, rollout, since) -> ports.logs().read(service, rollout, since),
            context.policy().gate(),
            context.clock());
    slack = new SlackWiring(settings, ports, context.policy(), context.clock());
    this.logs = logs;
  }

  static Wiring shared() {
    return Shared.INSTANCE;
  }

  /** The wiring on Google's clients, of the cloud the settings name. */
  private static Wiring of(Settings settings) {
    Clock clock = Clock.systemUTC();
    Policy policy = settings.policy().map(PolicyDocument::read).orElse(Policy.DEFAULT);
    requireFirst(policy.pace().regions(), settings.region());
    return new Wiring(
        settings,
        new GooglePorts(settings, policy.uploads(), clock),
        new Advance.Context(policy, clock, Waiting.on(settings)),
        logs(settings));
  }

  /** What is built and kept is in the environment's own region, so a release begins there. */
  private static void requireFirst(List<String> regions, String own) {
    if (!regions.isEmpty() && !regions.getFirst().equals(own)) {
      throw new IllegalArgumentException(
          "Tried to read the policy but: its regions begin with %s, and the environment's own (%s) is %s"
              .formatted(regions.getFirst(), Settings.REGION, own));
    }
  }

  Settings settings() {
    return settings;
  }

  /** Does the work of one invocation, with what it logs going where this cloud wants it. */
  <T> T during(String function, Supplier<T> invocation) {
    return logs.during(() -> LogContext.in(function, invocation));
  }

  void during(String function, Runnable invocation) {
    var unused =
        during(
            function,
            () -> {
              invocation.run();
              return function;
            });
  }

  private static FunctionLogs logs(Settings settings) {
    boolean onCloudRun = System.getenv("K_SERVICE") != null;
    Optional<Path> laptop = settings.laptop().flatMap(Settings.Laptop::log).map(Path::of);
    JsonLines lines = new JsonLines(settings.project(), settings.secrets());
    if (laptop.isPresent()) {
      return FunctionLogs.to(laptop.get(), lines);
    }
    return onCloudRun ? FunctionLogs.to(System.out, lines) : FunctionLogs.unchanged();
  }

  /** Takes uploads in, for the function that has them built. */
  public Intake intake() {
    return new Intake(
        ports.catalog(),
        new Intake.Door(ports.sources(), promotions()),
        journal(),
        advance(context, Duty.BUILD));
  }

  private Promotions promotions() {
    return new Promotions(ports.upstream(), context.policy().promotion(), context.clock());
  }

  /** Moves releases on, for the function that deploys them. */
  public Advance advance() {
    return advance(context, Duty.DEPLOY);
  }

  private Advance advance(Advance.Context with, Duty duty) {
    return new Advance(
        journal(),
        new Observer(ports.builds(), ports.regional(), ports.jobs(), instruments),
        new Performer(
            new Performer.Making(
                ports.builds(), ports.images(), ports.copies(), inventory()),
            new Performer.Serving(ports.regional(), ports.smoke(), ports.jobs())),
        with,
        duty);
  }

  private Inventory inventory() {
    return new Inventory(ports.images(), ports.locks(), ports.sboms(), ports.advisories());
  }

  /** Carries out what people ask. */
  public Commands commands() {
    return new Commands(context.policy().people(), journal(), advance());
  }

  /** Asks the platform for who may not change it. */
  public Rehearsals rehearsals() {
    return new Rehearsals(
        journal(),
        places().stream().map(this::place).toList(),
        ports.opinions(),
        context.clock());
  }

  private Rehearsals.Place place(Optional<String> region) {
    return new Rehearsals.Place(region, ports.regional().in(region), ports.rehearsal(region));
  }

  /** What a tick does for {@code duty}: uploads nobody told of are looked for by who builds. */
  public Sweep sweep(Duty duty) {
    Advance.Context brief =
        new Advance.Context(context.policy(), context.clock(), context.patience().less());
    return duty == Duty.BUILD
        ? new Sweep(
            ports.catalog(),
            context.clock(),
            ports.uploads(),
            intake(),
            advance(brief, duty),
            List.of(new Sweep.Chore("builds nobody waits for", strays()::stop)))
        : new Sweep(
            ports.catalog(),
            context.clock(),
            List::of,
            intake(),
            advance(brief, duty),
            chores());
  }

  private Strays strays() {
    return new Strays(ports.ledger(), ports.builds());
  }

  private Pulse pulse() {
    return new Pulse(ports.catalog(), context.clock());
  }

  private List<Sweep.Chore> chores() {
    List<Sweep.Chore> chores = new ArrayList<>();
    chores.add(new Sweep.Chore("what services piled up", housekeeping.get()::clean));
    chores.add(new Sweep.Chore("the outbox", retelling()::retell));
    chores.add(new Sweep.Chore("the pulse", pulse()::beat));
    return chores;
  }

  private Housekeeping makeHousekeeping() {
    List<Housekeeping.Part> parts = new ArrayList<>();
    places()
        .forEach(
            region ->
                parts.add(
                    new Housekeeping.Part(
                        "old revisions" + region.map(name -> " in " + name).orElse(""),
                        oldRevisions(region)::tidy)));
    // After the revisions: an image goes once nothing is made of it any more.
    parts.add(new Housekeeping.Part("old images", oldImages()::tidy));
    return new Housekeeping(ports.catalog(), context.clock(), parts);
  }

  /** Every region of the policy, the environment's own without its name. */
  private List<Optional<String>> places() {
    return Stream.concat(
            Stream.of(Optional.<String>empty()),
            context.policy().pace().regions().stream().skip(1).map(Optional::of))
        .toList();
  }

  private OldRevisions oldRevisions(Optional<String> region) {
    return new OldRevisions(
        journal(),
        new OldRevisions.Platform(ports.regional().in(region), ports.revisions(region)),
        context.policy().cleanup(),
        context.clock());
  }

  private OldImages oldImages() {
    return new OldImages(
        new OldImages.Books(ports.catalog(), journal()),
        new OldImages.Platform(
            ports.imageVersions(), places().stream().map(ports::revisions).toList()),
        context.policy().cleanup(),
        context.clock());
  }

  private Retelling retelling() {
    return new Retelling(
        ports.catalog(),
        settings.announced() ? slack::told : id -> Long.MAX_VALUE,
        ports.outbox(),
        context.clock(),
        settings.announced() ? slack::held : (from, to) -> List.of());
  }

  /** Tells people how releases get on. */
  public Notifier notifier() {
    return slack.notifier();
  }

  /** Made once: it remembers nothing of its callers, but its streams share one listening. */
  Console console() {
    return console.get();
  }

  private Console makeConsole() {
    return new ConsoleWiring(settings, ports, context.policy(), context.clock()).console();
  }

  /** Empty where nobody can sign what people click. */
  Optional<Interactions> interactions() {
    return slack.interactions();
  }

  /** Makes what a click needs, so that the first one is answered in time. */
  void expectClicks() {
    slack.expectClicks();
  }

  private Journal journal() {
    return new Journal(ports.ledger(), new LoggedOutbox(ports.outbox()), context.clock());
  }
}
