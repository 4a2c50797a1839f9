package dev.slipway.cli.doctor;

import dev.slipway.Settings;
import dev.slipway.cli.doctor.Rest.Question;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at an environment on Google Cloud. It only reads, and knows nothing of it but where it is:
 * what it holds is what Terraform makes in every environment, and what its functions are set to.
 */
final class GoogleDoctor {

  /** Beyond it, signatures and tokens are refused: Slack's at five minutes. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Rest plain;
  private final Caller caller;
  private final Clock clock;

  /**
   * A doctor.
   *
   * @param plain asks without a token
   * @param caller whose token is shown to Google
   */
  GoogleDoctor(Rest plain, Caller caller, Clock clock) {
    this.plain = plain;
    this.caller = caller;
    this.clock = clock;
  }

  /** Looks at everything; where nobody is signed in, or there is no project, at nothing more. */
  List<Check> examine(Place where) {
    List<Check> checks = new ArrayList<>();
    checks.add(caller.who(plain));
    if (Examination.failed(checks)) {
      checks.add(Check.skipped("everything else", "nobody is signed in", ""));
      return checks;
    }
    Rest google = new Paged(caller.within(where.project(), plain));
    Answer project =
        google.ask(
            Request.get(
                "https://cloudresourcemanager.googleapis.com/v1/projects/" + where.project()));
    checks.add(skew(project.date()));
    checks.add(project(where, project));
    if (!project.isGood()) {
      checks.add(Check.skipped("everything else", "there is no project to look at", ""));
      return checks;
    }
    checks.addAll(within(where.numbered(project.body().text("projectNumber")), google));
    return checks;
  }

  private Check skew(Optional<Instant> there) {
    if (there.isEmpty()) {
      return Check.skipped("clock", "Google did not say what time it is", "");
    }
    Duration off = Duration.between(there.get(), clock.instant());
    return off.abs().compareTo(SKEW) <= 0
        ? Check.ok("clock", "right")
        : Check.warn(
            "clock",
            "this machine is %d s off: tokens and signatures will be refused".formatted(off.toSeconds()),
            "timedatectl set-ntp true");
  }

  private static Check project(Place place, Answer answer) {
    String name = "project " + place.project();
    if (!answer.isGood()) {
      return Check.fail(
          name,
          answer.isSwitchedOff()
              ? "its API is not enabled"
              : "it is not there, or not for you: " + answer.error(),
          answer.isSwitchedOff()
              ? "infra/gcp/prepare " + place.project()
              : "gcloud projects describe " + place.project());
    }
    String state = answer.body().text("lifecycleState");
    return Refusals.judge(
        name,
        state.equals("ACTIVE"),
        "ACTIVE, number " + answer.body().text("projectNumber"),
        "it is " + state,
        "gcloud projects undelete " + place.project());
  }

  private List<Check> within(Place where, Rest google) {
    // What the environment is set to stands in its functions; the same answer is judged below.
    Answer answer = google.ask(new Functions(where, new Refusals(where)).request());
    Functions.Found found =
        answer.isGood() ? Functions.Found.of(answer.body()) : Functions.Found.NOTHING;
    boolean anywhere = where.region().equals(Place.ANYWHERE);
    if (anywhere && found.region().isEmpty()) {
      return List.of(
          Check.fail(
              "region",
              answer.isGood()
                  ? "none of the project's functions says in which it is"
                  : "the functions do not say it: " + answer.error(),
              "slipway doctor --project %s --region REGION".formatted(where.project())));
    }
    Place place = anywhere ? where.in(found.region().orElseThrow()) : where;
    Refusals refusals = new Refusals(place);
    Functions functions = new Functions(place, refusals);
    Secrets secrets = new Secrets(place, refusals);
    List<Question> questions = questions(place, found);
    questions.add(new Alarms(place, refusals, clock).sweeps());
    List<Check> checks = new ArrayList<>(Examination.of(questions, google));
    checks.addAll(functions.all().judgement().apply(answer));
    checks.addAll(Examination.of(secrets.versions(found.secrets()), google));
    checks.add(secrets.slack(found.secrets(), google, plain));
    checks.addAll(page(place, found, google));
    checks.addAll(new SlackDoor(place).look(found, google));
    checks.addAll(Regions.of(place, found).look(google));
    return checks;
  }

  /** What can be asked all at once. */
  private static List<Question> questions(Place place, Functions.Found found) {
    Refusals refusals = new Refusals(place);
    Foundations foundations = new Foundations(place, refusals);
    Messages messages = new Messages(place, refusals);
    Agents agents = new Agents(place, refusals);
    List<Question> questions = new ArrayList<>();
    questions.add(foundations.apis());
    Foundations.BUCKETS.forEach(bucket -> questions.add(foundations.bucket(bucket)));
    questions.add(foundations.repositories());
    questions.add(agents.roles());
    questions.add(agents.deadLetters());
    questions.add(messages.topics());
    questions.add(messages.subscriptions(found.has("slipway-notify")));
    questions.add(messages.triggers());
    questions.add(messages.tick());
    questions.addAll(new LedgerLook(place, database(found), refusals).all());
    questions.addAll(new Upstream(place, found.setting(Settings.PROMOTION_SOURCE), refusals).all());
    return questions;
  }

  private List<Check> page(Place place, Functions.Found found, Rest google) {
    if (!found.has("slipway-console")) {
      return List.of(Check.skipped("console", "there is none", place.apply()));
    }
    String set = found.setting(Settings.CONSOLE_URL);
    String url = set.isEmpty() ? found.function("slipway-console").text("serviceConfig", "uri") : set;
    Page page = new Page(place, url, new Refusals(place));
    List<Check> checks = new ArrayList<>(page.strangers().put(plain));
    checks.addAll(page.proxy(found, google).put(google));
    return checks;
  }

  private static String database(Functions.Found found) {
    String set = found.setting(Settings.DATABASE);
    return set.isEmpty() ? "slipway" : set;
  }
}
