package dev.slipway.cli.env;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule is kept by the committed inventories, and broken by one change to them. */
final class AuditTest {

  private static final Path ROOT = Path.of(System.getProperty("slipway.root"));

  private static Team.Environment prod() {
    return Objects.requireNonNull(
        TeamFile.read(ROOT.resolve("infra/gcp/teams/payments.yaml"))
            .team()
            .orElseThrow()
            .environments()
            .get("prod"));
  }

  private static List<Plan.Resource> inventory() {
    return Inventory.parse(
        "payments-prod", new Goldens(ROOT).of("payments-prod").orElseThrow());
  }

  private static List<Plan.Resource> with(String address, String json) {
    List<Plan.Resource> all = new ArrayList<>(inventory());
    JsonObject values = JsonParser.parseString(json).getAsJsonObject();
    all.add(new Plan.Resource("payments-prod", address, values));
    return all;
  }

  @Test
  void whatIsCommittedBreaksNoRule() {
    assertThat(Audit.of(prod(), inventory())).isEmpty();
  }

  @Test
  void whatIsCommittedIsOfTheSourcesThatAreThere() {
    assertThat(new Goldens(ROOT).areOfTheseSources())
        .as("run infra/gcp/check --update where Terraform's provider can be had")
        .isTrue();
  }

  @Test
  void anInventoryReadsAsItWasWritten() {
    String text = new Goldens(ROOT).of("payments-prod").orElseThrow();

    assertThat(Inventory.of(Inventory.parse("payments-prod", text))).isEqualTo(text);
  }

  @Test
  void aRoleOfOurOwnMayOnlyDeleteImages() {
    String address = "google_project_iam_custom_role.wide";

    assertThat(Audit.of(prod(), with(address, "{\"permissions\": [\"run.services.update\"]}")))
        .singleElement()
        .asString()
        .contains("may do more than delete images");
    assertThat(
            Audit.of(
                prod(), with(address, "{\"permissions\": [\"artifactregistry.tags.delete\"]}")))
        .isEmpty();
  }

  @Test
  void anEmptyInventoryIsNotAnInnocentOne() {
    assertThat(Audit.of(prod(), List.of())).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roles/editor | deploy | a primitive role",
        "roles/owner | deploy | a primitive role",
        "roles/run.admin | deploy | an administrator's role",
        "roles/storage.objectAdmin | build | an administrator's role",
        "roles/secretmanager.secretAccessor | notify | a smaller resource can give",
        "roles/iam.serviceAccountUser | deploy | a smaller resource can give",
        "roles/datastore.user | console | no condition narrows",
        "roles/pubsub.publisher | console | only Google's agents need",
        "roles/cloudbuild.builds.editor | deploy | may both build and deploy",
        "roles/run.developer | ingest | may both build and deploy",
      })
  void aWiderRoleOnTheProjectIsFound(String role, String account, String found) {
    List<Plan.Resource> widened =
        with(
            "google_project_iam_member.more",
            "{\"project\":\"payments-prod\",\"role\":\"%s\",\"member\":\"serviceAccount:slipway-%s@payments-prod.iam.gserviceaccount.com\"}"
                .formatted(role, account));

    assertThat(Audit.of(prod(), widened)).anySatisfy(v -> assertThat(v).contains(found));
  }

  @ParameterizedTest
  @CsvSource({
    "serviceAccount:slipway-deploy@payments-staging.iam.gserviceaccount.com",
    "serviceAccount:service-100000000002@gcp-sa-pubsub.iam.gserviceaccount.com",
    "user:mallory@example.com",
    "allAuthenticatedUsers",
    "allUsers",
  })
  void aStrangerIsFound(String member) {
    List<Plan.Resource> open =
        with(
            "google_storage_bucket_iam_member.more",
            "{\"bucket\":\"payments-prod-uploads\",\"role\":\"roles/storage.objectViewer\",\"member\":\"%s\"}"
                .formatted(member));

    assertThat(Audit.of(prod(), open)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "roles/artifactregistry.writer, slipway-ingest",
    "roles/artifactregistry.reader, slipway-deploy",
    "roles/run.viewer, slipway-ingest",
  })
  void theStageBeforeIsReadByOneAccountAndNotWritten(String role, String account) {
    List<Plan.Resource> abroad =
        with(
            "google_artifact_registry_repository_iam_member.more",
            "{\"project\":\"payments-staging\",\"repository\":\"images\",\"role\":\"%s\",\"member\":\"serviceAccount:%s@payments-prod.iam.gserviceaccount.com\"}"
                .formatted(role, account));

    assertThat(Audit.of(prod(), abroad))
        .singleElement()
        .asString()
        .contains("in another environment");
  }

  @ParameterizedTest
  @CsvSource({"deploy", "ingest", "build", "console"})
  void aSecretOfSlacksIsForWhoSpeaksWithSlack(String account) {
    List<Plan.Resource> read =
        with(
            "google_secret_manager_secret_iam_member.more",
            "{\"project\":\"payments-prod\",\"secret_id\":\"slack-token\",\"role\":\"roles/secretmanager.secretAccessor\",\"member\":\"serviceAccount:slipway-%s@payments-prod.iam.gserviceaccount.com\"}"
                .formatted(account));

    assertThat(Audit.of(prod(), read))
        .singleElement()
        .asString()
        .contains("read by who has no need");
  }

  @Test
  void onlyTheServiceTheFileOpensMayBeOpen() {
    String console =
        "{\"name\":\"slipway-console\",\"project\":\"payments-prod\",\"role\":\"roles/run.invoker\",\"member\":\"allUsers\"}";

    assertThat(Audit.of(prod(), with("google_cloud_run_v2_service_iam_member.more", console)))
        .singleElement()
        .asString()
        .contains("open to everyone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "google_secret_manager_secret_version.token | {} | a secret in the state",
        "google_service_account_key.key | {} | a secret in the state",
        "google_project_iam_policy.all | {} | takes others away",
        "google_storage_bucket.open | {\"uniform_bucket_level_access\":true} | can be made public",
        "google_cloudfunctions2_function.f | {\"event_trigger\":[{}],\"service_config\":[{}]} | lost when it fails",
      })
  void aResourceKeptCarelesslyIsFound(String address, String json, String found) {
    assertThat(Audit.of(prod(), with(address, json)))
        .anySatisfy(v -> assertThat(v).contains(found));
  }

  @Test
  void withoutTheFilesWordNobodyFromOutsideComesIn() {
    Team.Environment prod = prod();
    Team.Environment closed =
        new Team.Environment(
            prod.project(), prod.number(), prod.region(), Set.of(), Set.of(), Optional.empty());

    assertThat(Audit.of(closed, inventory()))
        .anySatisfy(v -> assertThat(v).contains("group:payments-on-call@example.com"))
        .anySatisfy(v -> assertThat(v).contains("open to everyone"))
        .anySatisfy(v -> assertThat(v).contains("slipway-slack"))
        .anySatisfy(v -> assertThat(v).contains("in another environment"));
  }
}
