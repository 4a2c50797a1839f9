package dev.slipway.local;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

@AnalyzeClasses(packages = "dev.slipway.local", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String[] SHARED = {
    "dev.slipway.local.server..",
    "dev.slipway.local.state..",
    "dev.slipway.local.time..",
    "dev.slipway.local.operations.."
  };

  @ArchTest
  static final ArchRule SERVICES_MEET_ONLY_IN_THE_COMPOSITION =
      slices()
          .matching("dev.slipway.local.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
          .because("a service declares the ports it needs, and LaptopCloud wires them");

  @ArchTest
  static final ArchRule NO_SERVICE_KNOWS_THE_COMPOSITION =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.local.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.slipway.local");

  @ArchTest
  static final ArchRule WHAT_IS_SHARED_KNOWS_NO_SERVICE =
      classes()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(SHARED).or(resideInAnyPackage("dev.slipway..").negate()));

  @ArchTest
  static final ArchRule TIME_COMES_FROM_THE_CLOCK_AND_THE_SCHEDULER =
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
          .because("everything must run in virtual time too");

  @ArchTest
  static final ArchRule FUNCTIONS_AND_THEIR_CLOUD_MEET_ON_THE_WIRE =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.slipway..")
                  .and(resideInAnyPackage("dev.slipway.local..").negate()));
}
