package dev.slipway;

import com.google.common.base.Suppliers;
import dev.slipway.console.Console;
import dev.slipway.ledger.View;
import dev.slipway.log.FunctionLogs;
import dev.slipway.log.JsonLines;
import dev.slipway.log.LogContext;
import dev.slipway.notify.Interactions;
import dev.slipway.notify.Links;
import dev.slipway.notify.Notices;
import dev.slipway.notify.Notifier;
import dev.slipway.notify.Story;
import dev.slipway.notify.Style;
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
import dev.slipway.pipeline.Patience;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Promotions;
import dev.slipway.pipeline.Pulse;
import dev.slipway.pipeline.Rehearsals;
import dev.slipway.pipeline.Retelling;
import dev.slipway.pipeline.Strays;
import dev.slipway.pipeline.Sweep;
import dev.slipway.release.Policy;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts the functions together: what needs what, and nothing else. */
public final class Wiring {

  private static final Logger LOG = System.getLogger(Wiring.class.getName());

  /** Slack waits three seconds for an answer to a click, a dialog's opening included. */
  private static final Duration CLICK_PATIENCE = Duration.ofSeconds(1);

  /** The wiring of this process, made by whichever function is constructed first. */
  private static final class Shared {
    static final Wiring INSTANCE = of(Settings.from(Environment.read()));
  }

  /** Cloud Run takes seconds to bring up a revision or move traffic: worth waiting out. */
  private static final Patience CLOUD =
      new Patience(Duration.ofSeconds(1), 60, Wiring::pause);

  private static final Patience LAPTOP =
      new Patience(Duration.ofMillis(40), 250, Wiring::pause);

  private final Settings settings;
  private final Ports ports;
  private final Advance.Context context;
  private final Instruments instruments;
  private final Supplier<Console> console = Suppliers.memoize(this::makeConsole);
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
    Patience patience = settings.laptop().isPresent() ? LAPTOP : CLOUD;
    return new Wiring(
        settings,
        new GooglePorts(settings, clock),
        new Advance.Context(policy, clock, patience),
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
    return new Commands(journal(), advance());
  }

  /** Asks the platform for who may not change it. */
  public Rehearsals rehearsals() {
    return new Rehearsals(
        journal(),
        new Rehearsals.Platform(ports.services(), ports.rehearsal()),
        ports.opinions(),
        context.clock());
  }

  /** What a tick does for {@code duty}: uploads nobody told of are looked for by who builds. */
  public Sweep sweep(Duty duty) {
    Advance.Context brief =
        new Advance.Context(context.policy(), context.clock(), context.patience().less());
    return duty == Duty.BUILD
        ? new Sweep(
            ports.catalog(),
            ports.uploads(),
            intake(),
            advance(brief, duty),
            List.of(new Sweep.Chore("builds nobody waits for", strays()::stop)))
        : new Sweep(
            ports.catalog(),
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
    chores.add(new Sweep.Chore("what services piled up", housekeeping()::clean));
    chores.add(new Sweep.Chore("the outbox", retelling()::retell));
    chores.add(new Sweep.Chore("the pulse", pulse()::beat));
    return chores;
  }

  private Housekeeping housekeeping() {
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
        settings.announced() ? this::told : id -> Long.MAX_VALUE,
        ports.outbox(),
        context.clock(),
        settings.announced() ? this::held : (from, to) -> List.of());
  }

  private List<Release> held(Instant from, Instant to) {
    return ports.notices().held(from, to).stream()
        .flatMap(id -> ports.ledger().view(id).release().stream())
        .toList();
  }

  /** What waits for the end of quiet hours is not told again before. */
  private long told(ReleaseId id) {
    Instant now = context.clock().instant();
    return ports
        .notices()
        .find(id)
        .map(Notices.Kept::notice)
        .map(n -> n.heldUntil().filter(now::isBefore).isPresent() ? Long.MAX_VALUE : n.told())
        .orElse(0L);
  }

  /** Tells people how releases get on. */
  public Notifier notifier() {
    SlackDocument document = slackDocument();
    Settings.Slack slack = slack();
    Style style =
        new Style(
            document.routes(),
            context.policy().pace().steps(),
            new Links(settings.consoleUrl(), googleLinks()),
            document.buttons().orElse(slack.signingSecret().isPresent()));
    return new Notifier(
        this::story,
        ports.notices(),
        new LoggedAnnouncer(ports.announcer()),
        style,
        context.clock());
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
    return settings
        .slack()
        .flatMap(Settings.Slack::signingSecret)
        .map(
            secret ->
                new Interactions(
                    secret,
                    slackDocument().clicks().reasoned(context.policy().people().reasoned()),
                    new Interactions.Desk(
                        this::standing,
                        CLICK_PATIENCE,
                        command -> ports.commandDoor().accept(command),
                        (trigger, view) -> ports.dialogs().open(trigger, view),
                        (key, until) -> ports.receipts().first(key, until)),
                    context.clock()));
  }

  private Optional<Story> standing(ReleaseId id) {
    View view = ports.ledger().view(id);
    return view.release().map(release -> new Story(release, view.service(), List.of()));
  }

  /**
   * Makes what a click needs, and asks the ledger once: an instance that is kept warm has its clients
   * and their connections before the first click comes. What fails then, a click will tell.
   */
  void expectClicks() {
    Stream.<Runnable>of(
            () -> ports.history().service(new ServiceName("nothing-of-that-name")),
            ports::receipts,
            ports::commandDoor,
            ports::dialogs)
        .forEach(
            step -> {
              try {
                step.run();
              } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "getting ready for clicks failed: {0}", e.getMessage());
              }
            });
  }

  private Settings.Slack slack() {
    return settings
        .slack()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Tried to announce a release but no Slack is set: "
                        + Settings.SLACK_TOKEN
                        + " or "
                        + Settings.SLACK_WEBHOOK));
  }

  private SlackDocument slackDocument() {
    Settings.Slack slack = slack();
    return switch (slack.access()) {
      case Settings.SlackAccess.Bot bot ->
          SlackDocument.read(slack.routes().orElse("{}"), bot.channel());
      case Settings.SlackAccess.Webhook webhook ->
          SlackDocument.read(slack.routes().orElse("{}"), "").ofOneChannel();
    };
  }

  private Optional<Links.Google> googleLinks() {
    return settings.laptop().isPresent()
        ? Optional.empty()
        : Optional.of(new Links.Google(settings.project(), settings.region()));
  }

  private Optional<Story> story(ReleaseId id) {
    View view = ports.ledger().view(id);
    return view.release()
        .map(release -> new Story(release, view.service(), events(id)));
  }

  private List<Story.Event> events(ReleaseId id) {
    return ports.history().events(id).stream()
        .map(r -> new Story.Event(r.sequence(), r.at(), r.actor(), r.event()))
        .toList();
  }

  private Journal journal() {
    return new Journal(ports.ledger(), new LoggedOutbox(ports.outbox()), context.clock());
  }

  static void pause(Duration span) {
    try {
      boolean over = new CountDownLatch(1).await(span.toNanos(), TimeUnit.NANOSECONDS);
      assert !over : "nobody counts down";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a platform", e);
    }
  }
}
