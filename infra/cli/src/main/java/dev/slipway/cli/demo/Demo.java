package dev.slipway.cli.demo;

import dev.slipway.cli.ReleaseTable;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.ledger.Recorded;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.slack.SlackMessage;
import dev.slipway.notify.Notice;
import dev.slipway.notify.Notices;
import dev.slipway.release.Command;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Four releases of one service, a first, a better, one that is seen to be bad and one that is not at
 * first, and a person who takes one back.
 */
final class Demo {

  static final Duration HOLD = Duration.ofSeconds(4);

  /** Users are watched for so long after a rollback. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  /** Slack may lag behind the ledger by so much. */
  private static final Duration SLACK_PATIENCE = Duration.ofSeconds(30);

  private static final String OBJECT = "hello.tar.gz";

  private final LaptopCloud cloud;
  private final Laptop laptop;
  private final DemoCrate crate;
  private final Display display;
  private final Follower follower;
  private final Clock clock = Clock.systemUTC();

  Demo(LaptopCloud cloud, Laptop laptop, DemoCrate crate, Display display) {
    this.cloud = cloud;
    this.laptop = laptop;
    this.crate = crate;
    this.display = display;
    follower = new Follower(laptop.ledger(), display, clock);
  }

  /** Tells the story and returns what was measured. */
  Facts tell() {
    Points points = new Points();
    display.chapter("1. A first release: hello 1.0.0");
    Release first = release("1.0.0", List.of());
    points.firstRelease(first);

    List<LoadGenerator.Answer> answers;
    Release second;
    Release third;
    Release fourth;
    String url = laptop.service(first.id().service().value()).orElseThrow().getUri();
    try (LoadGenerator load = LoadGenerator.on(URI.create(url), clock)) {
      display.chapter("2. A better one, under load: hello 1.1.0");
      display.say("users are on " + url);
      second = release("1.1.0", List.of());

      display.chapter("3. A bad one: hello 1.2.0, whose health check fails");
      third = release("1.2.0", List.of("unhealthy"));
      points.stillLive(current(second.id()));

      display.chapter("4. A sly one: hello 1.3.0, well by its health check, fails one request in five");
      fourth = release("1.3.0", List.of("flaky"));
      ReleaseTable.verdict(fourth).forEach(display::say);

      display.chapter("5. A person takes 1.1.0 back, which is live");
      Instant asked = rollBack(second);
      answers = load.finish();
      points.rollback(current(second.id()), current(first.id()), asked, answers);
    }
    List<Release> releases =
        List.of(
            current(first.id()), current(second.id()), current(third.id()), current(fourth.id()));
    points.canary(second, laptop.ledger().events(second.id()), answers, HOLD);
    points.badRelease(third, answers);
    List<Recorded> events = laptop.ledger().events(fourth.id());
    SlyRelease sly = SlyRelease.of(events, answers);
    points.slyRelease(fourth, events, sly);
    points.load(answers);
    points.ledger(releases);
    Map<ReleaseId, SlackMessage> slack = slack(releases);
    points.slack(releases, slack, messages());
    return new Facts(
        cloud.readyMillis(), PeakMemory.bytes(), releases, answers, sly, slack, points.all());
  }

  /** Rolls a live release back as a person does, and watches the users a little longer. */
  private Instant rollBack(Release live) {
    Release before = current(live.id());
    Instant asked = clock.instant();
    laptop.command(
        new Command(Command.Kind.ROLLBACK, live.id(), "ana", "the old greeting was nicer"));
    var unused = follower.followOn("hello 1.1.0", live.id(), before.sequence(), asked);
    for (Duration watched = Duration.ZERO;
        watched.compareTo(AFTERWARDS) < 0;
        watched = watched.plus(Moment.LENGTH)) {
      Moment.pass();
    }
    return asked;
  }

  private Release release(String version, List<String> features) {
    Path archive = crate.pack(version, features);
    try {
      Upload upload = laptop.upload(archive, OBJECT);
      return follower.follow("hello " + version, upload);
    } finally {
      delete(archive);
    }
  }

  private static void delete(Path archive) {
    try {
      Files.deleteIfExists(archive);
    } catch (IOException e) {
      throw new Failure("Tried to delete %s but failed: %s".formatted(archive, e.getMessage()), e);
    }
  }

  private Release current(ReleaseId id) {
    return laptop.ledger().view(id).release().orElseThrow();
  }

  /** Messages, without the threads under them. */
  private int messages() {
    return (int) cloud.slack().messages().stream().filter(m -> m.threadTs() == null).count();
  }

  /** The message of each release, once Slack shows what the ledger has. */
  private Map<ReleaseId, SlackMessage> slack(List<Release> releases) {
    Map<ReleaseId, SlackMessage> slack = new LinkedHashMap<>();
    for (Release release : releases) {
      String shown = message(release);
      cloud.slack().messages().stream()
          .filter(m -> m.ts().equals(shown))
          .findFirst()
          .ifPresent(m -> slack.put(release.id(), m));
    }
    return slack;
  }

  private String message(Release release) {
    for (long waited = 0; waited < SLACK_PATIENCE.toMillis(); waited += Moment.LENGTH.toMillis()) {
      var shown =
          laptop
              .notices()
              .find(release.id())
              .map(Notices.Kept::notice)
              .filter(n -> n.told() >= release.sequence())
              .flatMap(Notice::message);
      if (shown.isPresent()) {
        return shown.get();
      }
      Moment.pass();
    }
    return "";
  }
}
