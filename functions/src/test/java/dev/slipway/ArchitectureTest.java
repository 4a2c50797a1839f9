package dev.slipway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/**
 * The arrows of the functions: entry points, Wiring, pipeline, features, release, the JDK.
 *
 * <p>Three small packages are shared by whoever needs them: {@code json}, the JSON form of release
 * types, {@code google}, how to wait for a client's answer, and {@code log}, what log lines are
 * about.
 */
@AnalyzeClasses(packages = "dev.slipway", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String ROOT = "dev.slipway";
  private static final String RELEASE = "dev.slipway.release..";
  private static final String PIPELINE = "dev.slipway.pipeline..";
  private static final String JSON = "dev.slipway.json..";
  private static final String GOOGLE = "dev.slipway.google..";
  private static final String LOG = "dev.slipway.log..";
  private static final String READING = "dev.slipway.reading..";
  private static final String SLIPWAY = "dev.slipway..";

  private static final DescribedPredicate<JavaClass> GOOGLE_TYPES =
      resideInAnyPackage(
              "com.google.api..",
              "com.google.auth..",
              "com.google.cloud..",
              "com.google.firestore..",
              "com.google.iam..",
              "com.google.longrunning..",
              "com.google.protobuf..",
              "com.google.pubsub..",
              "com.google.rpc..",
              "com.google.storage..",
              "io.grpc..")
          .and(resideInAPackage("com.google.cloud.functions..").negate())
          .as("types of Google's clients");

  private static final DescribedPredicate<JavaClass> SLACK_TYPES =
      resideInAPackage("com.slack..").as("types of Slack's client");

  /** An adapter, and what only it uses to turn its client's messages into our values and back. */
  private static final DescribedPredicate<JavaClass> GOOGLE_ADAPTERS =
      named("source", "CloudSources", "BucketUploads", "StoredLocks", "CopiedArchives")
          .or(named("audit", "StoredSboms", "StoredAdvisories"))
          .or(named("build", "CloudBuilds", "BuildTemplate", "BuildEnding", "StoredBuildLogs"))
          .or(named("rollout", "CloudRunServices", "CloudRunRevisions", "CloudRunJobs", "ServiceEdit", "SettingsEdit", "ServiceReading"))
          .or(named("rollout", "CloudMonitoring", "Distributions", "CloudLogging"))
          .or(named("ledger", "FirestoreLedger", "FirestoreOpinions", "FirestoreWatch", "Documents"))
          .or(named("ledger", "PubSubOutbox", "PubSubDoor"))
          .or(named("notify", "FirestoreNotices", "FirestoreReceipts"))
          .as("the adapters to Google's clients");

  private static final DescribedPredicate<JavaClass> CLIENT_MAKERS =
      nameMatching("dev\\.slipway\\.(GoogleClients|GooglePorts|BuildPorts|RunPorts|SlackPorts|Identity)(\\$.*)?")
          .<JavaClass>forSubtype()
          .as("the makers of clients");

  private static DescribedPredicate<JavaClass> named(String feature, String... types) {
    return nameMatching(
            "dev\\.slipway\\.%s\\.(%s)(\\$.*)?".formatted(feature, String.join("|", types)))
        .forSubtype();
  }

  @ArchTest
  static final ArchRule RELEASE_IS_ON_THE_JDK_ALONE =
      classes()
          .that()
          .resideInAPackage(RELEASE)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(RELEASE, "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule JSON_KNOWS_RELEASE_ALONE =
      classes()
          .that()
          .resideInAPackage(JSON)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(JSON, RELEASE, "java..", "org.jspecify..", "com.google.gson.."));

  @ArchTest
  static final ArchRule LOGS_KNOW_RELEASE_ALONE =
      classes()
          .that()
          .resideInAPackage(LOG)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(LOG, RELEASE, "java..", "org.jspecify..", "com.google.gson.."));

  @ArchTest
  static final ArchRule WHAT_ADAPTERS_SHARE_KNOWS_NONE_OF_US =
      classes()
          .that()
          .resideInAPackage(GOOGLE)
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage(GOOGLE).or(resideInAPackage(SLIPWAY).negate()));

  @ArchTest
  static final ArchRule READING_IS_ON_THE_JDK_ALONE =
      classes()
          .that()
          .resideInAPackage(READING)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(READING, "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule FEATURES_MEET_ONLY_IN_RELEASE =
      slices()
          .matching("dev.slipway.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(resideInAPackage(PIPELINE), resideInAPackage(SLIPWAY))
          .ignoreDependency(
              resideInAPackage(SLIPWAY), resideInAnyPackage(RELEASE, JSON, GOOGLE, LOG, READING))
          .because("the pipeline brings them together");

  @ArchTest
  static final ArchRule NOTHING_KNOWS_THE_ROOT =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT)
          .because("entry points and wiring come last");

  @ArchTest
  static final ArchRule THE_PIPELINE_KNOWS_PORTS_AND_NO_ADAPTER =
      classes()
          .that()
          .resideInAPackage(PIPELINE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(SLIPWAY, "java..", "org.jspecify..")
                  .and(GOOGLE_ADAPTERS.negate())
                  .and(resideInAnyPackage(JSON, GOOGLE).negate()));

  @ArchTest
  static final ArchRule ENTRY_POINTS_KNOW_THE_WIRING_AND_NO_PORT =
      classes()
          .that(are(nameMatching("dev\\.slipway\\.[A-Za-z]+Function").<JavaClass>forSubtype()))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      ROOT,
                      RELEASE,
                      PIPELINE,
                      "dev.slipway.notify",
                      "dev.slipway.console..",
                      "java..",
                      "org.jspecify..",
                      "io.cloudevents..",
                      "com.google.cloud.functions..")
                  .and(CLIENT_MAKERS.negate())
                  .and(GOOGLE_ADAPTERS.negate()));

  @ArchTest
  static final ArchRule ONLY_WIRING_MAKES_THE_GOOGLE_PORTS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".Wiring")
          .and(are(CLIENT_MAKERS.negate()))
          .should()
          .dependOnClassesThat(CLIENT_MAKERS);

  @ArchTest
  static final ArchRule GOOGLES_TYPES_STOP_AT_THE_ADAPTERS =
      noClasses()
          .that(are(GOOGLE_ADAPTERS.negate()))
          .and(are(CLIENT_MAKERS.negate()))
          .and()
          .resideOutsideOfPackage(GOOGLE)
          .should()
          .dependOnClassesThat(GOOGLE_TYPES);

  @ArchTest
  static final ArchRule SLACKS_TYPES_STOP_AT_ITS_ADAPTER =
      noClasses()
          .that(are(named("notify", "SlackAnnouncer").negate()))
          .and(are(CLIENT_MAKERS.negate()))
          .should()
          .dependOnClassesThat(SLACK_TYPES);

  @ArchTest
  static final ArchRule FUNCTIONS_AND_THE_LAPTOP_CLOUD_MEET_ON_THE_WIRE =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAnyPackage("dev.slipway.local..", "dev.slipway.cli.."));

  @ArchTest
  static final ArchRule TIME_COMES_FROM_A_CLOCK =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .because("what a test cannot set, it cannot test");
}
