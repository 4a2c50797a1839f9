package dev.slipway.cli.env;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.DeployFunction;
import dev.slipway.FirestoreIndexes;
import dev.slipway.Settings;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.server.Endpoints;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names in the code, in Terraform, on the laptop and in the schema are the same names. */
final class NamesTest {

  private static final Path ROOT = Path.of(System.getProperty("slipway.root"));
  private static final Path MODULE = ROOT.resolve("infra/gcp/modules/environment");

  /** Settings that have no place on Google Cloud: the laptop's addresses, and Slack's own API. */
  private static final Set<String> ABSENT =
      Set.of(
          Settings.LAPTOP_GRPC, Settings.LAPTOP_HTTP, Settings.LAPTOP_LOG, Settings.SLACK_API);

  /** What the laptop has no use for. */
  private static final Set<String> NOT_ON_A_LAPTOP =
      Set.of(
          Settings.IAP_AUDIENCE,
          Settings.TOKEN_AUDIENCES,
          Settings.PROMOTION_SOURCE,
          Settings.BUILD_POOL,
          Settings.SERVICES,
          Settings.SLACK,
          Settings.SLACK_ROUTES,
          Settings.SLACK_WEBHOOK,
          Settings.LAPTOP_LOG);

  private static String module(String file) {
    return read(MODULE.resolve(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> found(String text, String pattern) {
    return new TreeSet<>(
        Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results()
            .map((MatchResult m) -> m.group(1))
            .toList());
  }

  private static Set<String> settings() {
    Set<String> keys = new TreeSet<>();
    for (Field field : Settings.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        try {
          keys.add(String.valueOf(field.get(null)));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    keys.removeIf(key -> !key.startsWith("SLIPWAY_"));
    return keys;
  }

  @Test
  void everySettingIsSetByTerraformOrDeliberatelyAbsent() {
    Set<String> set = found(module("functions.tf"), "^ +(SLIPWAY_[A-Z_]+) +=");

    Set<String> all = new TreeSet<>(set);
    all.addAll(ABSENT);
    assertThat(set).isNotEmpty().doesNotContainAnyElementsOf(ABSENT);
    assertThat(all).isEqualTo(settings());
  }

  @Test
  void theLaptopSetsWhatTerraformSets() {
    Set<String> laptop =
        LaptopSetup.environment(new Endpoints(1, 2), LaptopSetup.LAPTOP_POLICY).keySet();
    Set<String> optional =
        Set.of(
            Settings.BUILD_SERVICE_ACCOUNT, Settings.RUNTIME_SERVICE_ACCOUNT, Settings.ADVISORIES);

    Set<String> expected = new TreeSet<>(settings());
    expected.removeAll(optional);
    expected.removeAll(NOT_ON_A_LAPTOP);
    assertThat(laptop).containsAll(expected);
  }

  @Test
  void theTopicsAreThoseOfTheCodeAndOfTheLaptop() {
    Set<String> topics =
        found(
            found(module("topics.tf"), "topics = toset\\(\\[(.*)]\\)").iterator().next(),
            "\"([a-z-]+)\"");

    Set<String> laptop = new TreeSet<>(LaptopSetup.topics());
    assertThat(topics)
        .isEqualTo(laptop)
        .contains(
            DeployFunction.BUILD_TOPIC, DeployFunction.TICK_TOPIC, DeployFunction.COMMAND_TOPIC);
  }

  @Test
  void everyEntryPointIsAFunction() throws ReflectiveOperationException {
    Set<String> names = found(module("functions.tf"), "entry_point += +\"([^\"]+)\"");

    names.addAll(found(module("functions.tf"), "entry_point *= \"([^\"]+)\""));
    assertThat(names).hasSize(5);
    for (String name : names) {
      assertThat(Class.forName(name).getConstructor()).isNotNull();
    }
  }

  @Test
  void terraformReadsTheOneListOfIndexes() {
    assertThat(module("ledger.tf"))
        .contains("/functions/src/main/resources/firestore.indexes.json");
    JsonObject list = JsonParser.parseString(FirestoreIndexes.json()).getAsJsonObject();
    assertThat(list.keySet()).containsExactly("indexes", "fieldOverrides");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sources/", "build-logs", "sboms/"})
  void theFoldersOfTheSourceBucketAreThoseOfTheCode(String folder) throws IOException {
    assertThat(module("buckets.tf")).contains("\"" + folder.replace("/", "") + "/\"");
    try (var files = Files.walk(ROOT.resolve("functions/src/main/java"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".java")))
          .anySatisfy(file -> assertThat(read(file)).contains("\"" + folder));
    }
  }

  @Test
  void whatTheMetricListensForIsWhatTheSweepSays() {
    String pulse =
        read(ROOT.resolve("functions/src/main/java/dev/slipway/pipeline/Pulse.java"));

    assertThat(module("alerts.tf")).contains("\\\"sweep: oldest_seconds=\\\"");
    assertThat(pulse).contains("sweep: oldest_seconds=");
    assertThat(read(ROOT.resolve("infra/cli/src/main/java/dev/slipway/cli/doctor/Alarms.java")))
        .contains("/user/" + found(module("alerts.tf"), "name +=? *\"(slipway/[a-z-]+)\"").iterator().next());
  }

  @Test
  void schemaModuleAndCodeKnowTheSameKeys() {
    JsonObject schema =
        JsonParser.parseString(read(ROOT.resolve("infra/gcp/team.schema.json"))).getAsJsonObject();
    JsonObject types = schema.getAsJsonObject("$defs");
    Set<String> environment = keys(types.getAsJsonObject("environment"));
    Set<String> service = keys(types.getAsJsonObject("service"));

    String variables = module("variables.tf");
    int from = variables.indexOf("variable \"environment\"");
    String block = variables.substring(from, variables.indexOf("\n  validation", from));
    assertThat(found(block, "^    ([a-z_]+) +=")).isEqualTo(environment);
    assertThat(found(block, "^      ([a-z_]+) +=")).containsAll(service);
    String code =
        read(ROOT.resolve("infra/cli/src/main/java/dev/slipway/cli/env/EnvironmentFields.java"));
    environment.forEach(key -> assertThat(code + "\"policy\"").contains("\"" + key + "\""));
    service.forEach(key -> assertThat(code).contains("\"" + key + "\""));
  }

  @Test
  void whatTerraformTellsTheCommandLineItReads() {
    String outputs = read(ROOT.resolve("infra/gcp/outputs.tf"));
    Set<String> told =
        found(outputs.substring(outputs.indexOf("\"command_line\"")), "^    ([a-z]+) +=");
    String file =
        read(
            ROOT.resolve(
                "infra/cli/src/main/java/dev/slipway/cli/environment/EnvironmentFile.java"));

    assertThat(told).containsExactly("audience", "bucket", "console", "project");
    assertThat(told).allSatisfy(key -> assertThat(file).contains("\"" + key + "\""));
  }

  @Test
  void everyTeamsFileTellsEditorsItsSchema() throws IOException {
    try (var files = Files.list(ROOT.resolve("infra/gcp/teams"))) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(read(file))
                      .startsWith("# yaml-language-server: $schema=../team.schema.json\n"));
    }
  }

  @Test
  void theModulesReadmeNamesEveryVariableAndOutput() {
    Set<String> named = found(module("README.md"), "^\\| `([a-z_]+)` \\|");

    Set<String> there = found(module("variables.tf"), "^variable \"([a-z_]+)\"");
    there.addAll(found(module("outputs.tf"), "^output \"([a-z_]+)\""));
    assertThat(named).isEqualTo(there);
  }

  @Test
  void everyFileOfTheModuleIsExplained() throws IOException {
    String docs = read(ROOT.resolve("docs/environments.md"));
    try (var files = Files.list(MODULE)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())).filter(n -> n.endsWith(".tf")))
          .filteredOn(n -> !Set.of("main.tf", "outputs.tf", "variables.tf", "versions.tf").contains(n))
          .hasSizeGreaterThan(8)
          .allSatisfy(name -> assertThat(docs).contains("`" + name + "`"));
    }
  }

  @Test
  void everyFunctionHasAnAccountOfItsOwn() {
    Set<String> accounts = found(module("accounts.tf"), "^    ([a-z]+) += \"");

    assertThat(accounts).containsAll(List.of("ingest", "deploy", "notify", "slack", "console"));
    assertThat(Arrays.asList("build", "runtime", "triggers", "packaging")).allMatch(accounts::contains);
  }

  private static Set<String> keys(JsonObject type) {
    return new TreeSet<>(type.getAsJsonObject("properties").keySet());
  }
}
