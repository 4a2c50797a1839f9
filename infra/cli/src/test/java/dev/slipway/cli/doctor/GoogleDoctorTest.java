package dev.slipway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.doctor.Check.Verdict;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole environment, played; then the same with one thing wrong. */
final class GoogleDoctorTest {

  private static final Caller ANA = new Caller(Optional.of("ya29.ana"), true, "");
  private static final Optional<String> EUROPE = Optional.of("europe-west1");
  private static final String SIGN_IN = "302 https://accounts.google.com/o/oauth2/v2/auth?client_id=x";
  private static final String DISABLED =
      "403 {\"error\":{\"code\":403,\"message\":\"API has not been used in project 7 before or it is disabled.\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"SERVICE_DISABLED\"}]}}";
  private static final String FORBIDDEN =
      "403 {\"error\":{\"code\":403,\"message\":\"Permission denied on resource\",\"status\":\"PERMISSION_DENIED\"}}";

  private static Map<String, String> good() {
    Map<String, String> answers = GoogleAnswers.good();
    answers.put(GoogleAnswers.CONSOLE, SIGN_IN);
    return answers;
  }

  private static List<Check> examined(Map<String, String> answers) {
    return examined(answers, Clock.systemUTC());
  }

  private static List<Check> examined(Map<String, String> answers, Clock clock) {
    try (GoogleServer google = new GoogleServer(answers)) {
      return new Doctor(clock, google::address).ofGoogle("acme", EUROPE, ANA);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Check check(List<Check> checks, String name) {
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no check " + name + " in " + checks));
  }

  @Test
  void whatIsAsItMustBeIsFoundSo() {
    List<Check> checks = examined(good());

    assertThat(checks).extracting(Check::verdict).containsOnly(Verdict.OK);
    assertThat(checks).hasSizeGreaterThan(35);
    assertThat(check(checks, "credentials").found()).contains("ana@example.com");
    assertThat(check(checks, "Slack's token").found()).isEqualTo("slipway in Acme");
  }

  static Stream<Arguments> broken() {
    String functions = GoogleAnswers.FUNCTIONS;
    String subscriptions = GoogleAnswers.SUBSCRIPTIONS;
    String tick = "GET cloudscheduler/v1/projects/acme/locations/europe-west1/jobs/slipway-tick";
    String receipts = "GET firestore/v1/projects/acme/databases/slipway/collectionGroups/receipts/fields/expires";
    String uploads = "GET storage/storage/v1/b/acme-uploads";
    String home = GoogleAnswers.services("europe-west1");
    String further = GoogleAnswers.services("europe-west4");
    String token = "GET secretmanager/v1/projects/acme/secrets/slack-token/versions/1";
    return Stream.of(
        Arguments.of(GoogleAnswers.PROJECT, "ACTIVE", "DELETE_REQUESTED", "project acme", "FAIL DELETE_REQUESTED undelete"),
        Arguments.of("GET serviceusage/v1/projects/acme/services:batchGet", "eventarc.googleapis.com\",\"state\":\"ENABLED", "eventarc.googleapis.com\",\"state\":\"DISABLED", "APIs", "FAIL eventarc enable"),
        Arguments.of(uploads, "\"uniformBucketLevelAccess\":{\"enabled\":true}", "\"uniformBucketLevelAccess\":{\"enabled\":false}", "bucket acme-uploads", "FAIL rights --uniform-bucket-level-access"),
        Arguments.of(uploads, "enforced", "inherited", "bucket acme-uploads", "FAIL public --public-access-prevention"),
        Arguments.of(uploads, "\"versioning\":{\"enabled\":true}", "\"versioning\":{\"enabled\":false}", "bucket acme-uploads", "FAIL generations --versioning"),
        Arguments.of(uploads, "EUROPE-WEST1", "US", "bucket acme-uploads", "WARN US region"),
        Arguments.of(uploads, "{", "404 {", "bucket acme-uploads", "FAIL not terraform"),
        Arguments.of("GET artifactregistry/v1/projects/acme/locations/europe-west1/repositories", "repositories/images", "repositories/other", "repository images", "FAIL not terraform"),
        Arguments.of("GET pubsub/v1/projects/acme/topics", "topics/cloud-builds", "topics/builds", "topics", "FAIL cloud-builds terraform"),
        Arguments.of(subscriptions, "subscriptions/dead-letters", "subscriptions/others", "subscription dead-letters", "FAIL lost terraform"),
        Arguments.of(subscriptions, "topics/commands", "topics/none", "subscriptions of commands", "FAIL nobody terraform"),
        Arguments.of(subscriptions, "\"topic\":\"projects/acme/topics/commands\",\"state\":\"ACTIVE\"", "\"topic\":\"projects/acme/topics/commands\",\"state\":\"RESOURCE_ERROR\"", "subscriptions of commands", "FAIL broken terraform"),
        Arguments.of(subscriptions, "commands\",\"state\":\"ACTIVE\",\"deadLetterPolicy\"", "commands\",\"state\":\"ACTIVE\",\"none\"", "subscriptions of commands", "WARN lost infra/gcp/dead-letters"),
        Arguments.of(subscriptions, "projects/acme/topics/dead-letters\",\"state\"", "_deleted-topic_\",\"state\"", "subscriptions", "WARN deleted delete"),
        Arguments.of("GET eventarc/v1/projects/acme/locations/europe-west1/triggers", "acme-uploads", "acme-other", "triggers", "FAIL uploads apply"),
        Arguments.of("GET eventarc/v1/projects/acme/locations/europe-west1/triggers", "\"destination\":{\"cloudRun\":{\"service\":\"slipway-ingest\"", "\"conditions\":{\"x\":{\"code\":\"FAILED_PRECONDITION\",\"message\":\"topic deleted\"}},\"destination\":{\"cloudRun\":{\"service\":\"slipway-ingest\"", "triggers", "FAIL deleted terraform"),
        Arguments.of("POST cloudresourcemanager/v1/projects/acme-staging:getIamPolicy", "datastore.viewer", "viewer", "promotion from acme-staging's ledger", "FAIL promotion terraform"),
        Arguments.of("GET artifactregistry/v1/projects/acme-staging/locations/europe-west4/repositories/images:getIamPolicy", "slipway-ingest", "slipway-other", "promotion from acme-staging's images", "FAIL promotion terraform"),
        Arguments.of(tick, "ENABLED", "PAUSED", "job slipway-tick", "FAIL PAUSED resume"),
        Arguments.of(tick, "\"status\":{}", "\"status\":{\"code\":7,\"message\":\"denied\"}", "job slipway-tick", "FAIL denied run"),
        Arguments.of(tick, "lastAttemptTime", "scheduleTime", "job slipway-tick", "WARN never run"),
        Arguments.of(GoogleAnswers.POLICY, "roles/eventarc.serviceAgent", "roles/none", "agent gcp-sa-eventarc", "FAIL trigger add-iam-policy-binding"),
        Arguments.of(GoogleAnswers.POLICY, "roles/cloudbuild.serviceAgent", "roles/none", "agent gcp-sa-cloudbuild", "FAIL build add-iam-policy-binding"),
        Arguments.of(GoogleAnswers.POLICY, "roles/pubsub.serviceAgent", "roles/none", "agent gcp-sa-pubsub", "WARN pushes serviceAccountTokenCreator"),
        Arguments.of(GoogleAnswers.POLICY, "roles/run.developer", "roles/editor", "account slipway-deploy", "FAIL editor remove-iam-policy-binding"),
        Arguments.of("GET pubsub/v1/projects/acme/topics/dead-letters:getIamPolicy", "pubsub.publisher", "pubsub.viewer", "agent gcp-sa-pubsub on dead-letters", "FAIL lost terraform"),
        Arguments.of("GET firestore/v1/projects/acme/databases/slipway", "FIRESTORE_NATIVE", "DATASTORE_MODE", "database slipway", "FAIL DATASTORE_MODE database"),
        Arguments.of("GET firestore/v1/projects/acme/databases/slipway", "POINT_IN_TIME_RECOVERY_ENABLED", "POINT_IN_TIME_RECOVERY_DISABLED", "database slipway", "WARN moment --enable-pitr"),
        Arguments.of("GET firestore/v1/projects/acme/databases/slipway/backupSchedules", "[{\"retention\":\"1209600s\"}]", "[]", "backups of slipway", "WARN none terraform"),
        Arguments.of(GoogleAnswers.INDEXES, "READY", "CREATING", "index releases service ascending began descending", "WARN made wait"),
        Arguments.of(GoogleAnswers.INDEXES, "READY", "NEEDS_REPAIR", "index releases active ascending moved ascending", "FAIL NEEDS_REPAIR terraform"),
        Arguments.of(GoogleAnswers.INDEXES, "began", "started", "index releases service ascending began descending", "FAIL missing terraform"),
        Arguments.of(receipts, "ttlConfig", "noConfig", "field receipts.expires", "WARN stays ttls"),
        Arguments.of(receipts, "ACTIVE", "CREATING", "field receipts.expires", "WARN switched wait"),
        Arguments.of("GET firestore/v1/projects/acme/databases/slipway/collectionGroups/releases/fields/value", "\"ancestorField\":\"x\"", "\"usesAncestorConfig\":true", "field releases.value", "WARN indexed terraform"),
        Arguments.of(functions, "functions/slipway-ingest\",\"state\":\"ACTIVE\"", "functions/slipway-ingest\",\"state\":\"FAILED\",\"stateMessages\":[{\"severity\":\"ERROR\",\"message\":\"no such secret\"}]", "function slipway-ingest", "FAIL secret logs"),
        Arguments.of(functions, "dev.slipway.DeployFunction", "dev.slipway.Deploy", "function slipway-deploy", "FAIL enters terraform"),
        Arguments.of(functions, "functions/slipway-console\"", "functions/slipway-page\"", "function slipway-console", "FAIL not terraform"),
        Arguments.of(functions, "SLIPWAY_DATABASE", "SLIPWAY_DATABSE", "function slipway-ingest", "FAIL SLIPWAY_DATABASE terraform"),
        Arguments.of(functions, "RETRY_POLICY_RETRY", "RETRY_POLICY_DO_NOT_RETRY", "function slipway-notify", "FAIL again terraform"),
        Arguments.of(functions, "slipway-deploy@acme.iam", "7-compute@developer", "function slipway-deploy", "FAIL 7-compute terraform"),
        Arguments.of(functions, "\"timeoutSeconds\":300", "\"timeoutSeconds\":60", "function slipway-console", "WARN 60 terraform"),
        Arguments.of(functions, "\"minInstanceCount\":1", "\"minInstanceCount\":0", "function slipway-slack", "WARN warm min_instances"),
        Arguments.of(token, "ENABLED", "DISABLED", "secret slack-token, version 1", "FAIL DISABLED enable"),
        Arguments.of(token, "{", "404 {", "secret slack-token, version 1", "FAIL not versions"),
        Arguments.of(token + ":access", "{", "403 {", "Slack's token", "SKIPPED read secretAccessor"),
        Arguments.of("POST slack.com/api/auth.test", "\"ok\":true", "\"ok\":false,\"error\":\"token_revoked\"", "Slack's token", "FAIL token_revoked Rotate"),
        Arguments.of(GoogleAnswers.CONSOLE, SIGN_IN, "401 {}", "console", "OK stranger "),
        Arguments.of(GoogleAnswers.CONSOLE, SIGN_IN, "[]", "console", "FAIL open allUsers"),
        Arguments.of(GoogleAnswers.CONSOLE, SIGN_IN, "503 {}", "console", "FAIL 503 logs"),
        Arguments.of("GET run/v2/projects/acme/locations/europe-west1/services/slipway-console", "\"iapEnabled\":true", "\"x\":1", "console's sign-in", "FAIL sign infra/gcp/sign-in"),
        Arguments.of("GET run/v2/projects/acme/locations/europe-west1/services/slipway-console:getIamPolicy", "gcp-sa-iap", "gcp-sa-other", "console's sign-in", "FAIL 403 terraform"),
        Arguments.of("GET run/v2/projects/acme/locations/europe-west1/services/slipway-slack:getIamPolicy", "allUsers", "user:ana@example.com", "Slack's clicks", "FAIL 403 open"),
        Arguments.of("GET run/v2/projects/acme/locations/europe-west1/services/slipway-slack", "{", "{\"invokerIamDisabled\":true,", "Slack's clicks", "OK through "),
        Arguments.of(functions, "SLIPWAY_SLACK\":\"true", "SLIPWAY_SLACK\":\"false", "function slipway-deploy", "WARN told terraform"),
        Arguments.of(functions, "[\\\"europe-west1\\\",", "[\\\"europe-north1\\\",", "function slipway-ingest", "FAIL europe-north1 terraform"),
        Arguments.of(functions, "\\\"regions\\\"", "\\\"regoins\\\"", "function slipway-ingest", "FAIL regoins terraform"),
        Arguments.of("GET monitoring/v3/projects/acme/timeSeries", "[{\"metric\":{\"type\":\"logging.googleapis.com/user/slipway/oldest-seconds\"}}]", "[]", "sweeps heard", "FAIL deaf logging"),
        Arguments.of(home, "CONDITION_SUCCEEDED\"}}", "CONDITION_FAILED\",\"message\":\"no port\"}}", "service api in europe-west1", "FAIL port describe"),
        Arguments.of(further, "CONDITION_SUCCEEDED\"}}", "CONDITION_FAILED\",\"message\":\"no port\"}}", "service api in europe-west4", "FAIL port describe"),
        Arguments.of(further, "services/api", "services/web", "services in europe-west4", "WARN api regions"),
        Arguments.of(further, "{", "403 {", "services in europe-west4", "SKIPPED look viewer"),
        Arguments.of(further + "/api:getIamPolicy", "allUsers", "user:ana@example.com", "service api in europe-west4", "WARN allUsers add-iam-policy-binding"),
        Arguments.of(functions, "SLIPWAY_IAP_AUDIENCE\":\"", "SLIPWAY_TOKEN_AUDIENCES\":\"", "console's sign-in", "FAIL word sign_in"));
  }

  /** {@code expected} is the verdict, a word of what was found, a word of the remedy. */
  @ParameterizedTest(name = "{3}: {4}")
  @MethodSource("broken")
  void whatIsWrongIsFoundAndCanBeMended(
      String of, String right, String wrong, String name, String expected) {
    Map<String, String> answers = good();
    String before = answers.getOrDefault(of, "");
    assertThat(before).contains(right);
    answers.put(of, before.replace(right, wrong));

    Check check = check(examined(answers), name);

    String[] words = expected.split(" ", -1);
    assertThat(check.verdict().name()).isEqualTo(words[0]);
    assertThat(check.found()).contains(words[1]);
    assertThat(check.remedy()).contains(words[2]);
  }

  @Test
  void anApiThatIsOffIsToldFromARightThatIsMissing() {
    Map<String, String> answers = good();
    answers.put("GET pubsub/v1/projects/acme/topics", DISABLED);
    answers.put(GoogleAnswers.SUBSCRIPTIONS, FORBIDDEN);

    List<Check> checks = examined(answers);

    assertThat(check(checks, "topics").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check(checks, "topics").remedy()).isEqualTo("infra/gcp/prepare acme");
    assertThat(check(checks, "subscriptions").verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(check(checks, "subscriptions").found()).contains("Permission denied on resource");
  }

  @Test
  void anEnvironmentWithoutSlackLacksNothing() {
    Map<String, String> answers = good();
    String without =
        answers
            .getOrDefault(GoogleAnswers.FUNCTIONS, "")
            .replaceAll("functions/slipway-(notify|slack)\"", "functions/other-$1\"")
            .replaceAll("\"secretEnvironmentVariables\":\\[[^]]*]", "\"secretEnvironmentVariables\":[]")
            .replaceAll(",\"SLIPWAY_SLACK_CHANNEL\":\"C0X\"", "");
    answers.put(GoogleAnswers.FUNCTIONS, without);

    List<Check> checks = examined(answers);

    assertThat(Doctor.failed(checks)).isFalse();
    assertThat(checks)
        .filteredOn(check -> check.verdict() == Verdict.SKIPPED)
        .extracting(Check::name)
        .containsExactly("function slipway-notify", "function slipway-slack", "Slack's token");
  }

  @Test
  void theRegionIsTheOneTheFunctionsAreIn() throws IOException {
    Map<String, String> answers = good();
    String functions = answers.getOrDefault(GoogleAnswers.FUNCTIONS, "");
    answers.put(GoogleAnswers.FUNCTIONS.replace("europe-west1", "-"), functions);
    answers.remove(GoogleAnswers.FUNCTIONS);
    try (GoogleServer google = new GoogleServer(answers)) {
      Doctor doctor = new Doctor(Clock.systemUTC(), google::address);
      assertThat(doctor.ofGoogle("acme", Optional.empty(), ANA))
          .extracting(Check::verdict)
          .containsOnly(Verdict.OK);

      answers.put(GoogleAnswers.FUNCTIONS.replace("europe-west1", "-"), "{}");
      Check region = check(doctor.ofGoogle("acme", Optional.empty(), ANA), "region");
      assertThat(region.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(region.remedy()).endsWith("--region REGION");
    }
  }

  @Test
  void whatStandsOnALaterPageIsFound() {
    Map<String, String> answers = good();
    String topics = "GET pubsub/v1/projects/acme/topics";
    String all = answers.getOrDefault(topics, "");
    int second = all.indexOf(",{");
    int third = all.lastIndexOf(",{");
    answers.put(topics, all.substring(0, second) + "],\"nextPageToken\":\"a/b=\"}");
    answers.put(
        topics + "?pageToken=a%2Fb%3D",
        "{\"topics\":[" + all.substring(second + 1, third) + "],\"nextPageToken\":\"c\"}");
    answers.put(topics + "?pageToken=c", "{\"topics\":[" + all.substring(third + 1));

    assertThat(check(examined(answers), "topics").verdict()).isEqualTo(Verdict.OK);

    answers.put(topics + "?pageToken=c", FORBIDDEN);
    assertThat(check(examined(answers), "topics").verdict()).isEqualTo(Verdict.SKIPPED);
  }

  @Test
  void aListThatNeverEndsIsGivenUp() {
    Map<String, String> answers = good();
    String topics = "GET pubsub/v1/projects/acme/topics";
    answers.put(topics, "{\"nextPageToken\":\"c\"}");
    answers.put(topics + "?pageToken=c", "{\"nextPageToken\":\"c\"}");

    Check check = check(examined(answers), "topics");

    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.found()).contains("more than 500 pages");
  }

  @Test
  void withoutAProjectNothingElseIsLookedAt() {
    Map<String, String> answers = good();
    answers.put(GoogleAnswers.PROJECT, FORBIDDEN);

    List<Check> checks = examined(answers);

    assertThat(checks)
        .extracting(Check::name)
        .containsExactly("credentials", "clock", "project acme", "everything else");
    assertThat(Doctor.failed(checks)).isTrue();
  }

  @Test
  void aClockThatIsOffIsToldByHowMuch() {
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));

    Check clock = check(examined(good(), late), "clock");

    assertThat(clock.verdict()).isEqualTo(Verdict.WARN);
    assertThat(clock.found()).containsPattern("(59[0-9]|60[0-9]) s off");
  }

  @Test
  void whoIsNotSignedInIsToldHowTo() throws IOException {
    Caller nobody = new Caller(Optional.empty(), false, "no credentials were found");
    try (GoogleServer google = new GoogleServer(good())) {
      List<Check> checks =
          new Doctor(Clock.systemUTC(), google::address).ofGoogle("acme", EUROPE, nobody);

      assertThat(checks).hasSize(2);
      assertThat(checks.getFirst().remedy()).isEqualTo("gcloud auth application-default login");
    }
  }

  @Test
  void tokensAreShownToWhomTheyAreForAndToNobodyElse() throws IOException {
    try (GoogleServer google = new GoogleServer(good())) {
      List<Check> checks =
          new Doctor(Clock.systemUTC(), google::address).ofGoogle("acme", EUROPE, ANA);

      assertThat(google.tokens())
          .contains("slack.com Bearer xoxb-secret", "run Bearer ya29.ana")
          .doesNotContain("slack.com Bearer ya29.ana")
          .noneMatch(shown -> shown.startsWith("slipway-console"));
      assertThat(checks.toString()).doesNotContain("xoxb-secret").doesNotContain("ya29");
    }
  }
}
