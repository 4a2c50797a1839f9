package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildStep;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTemplateTest {

  /** Stand for the real ones, so that pinning those changes no golden file. */
  private static final String BASES =
      """
      DOCKER=docker
      BUILDKIT=buildkit
      BUILDER=builder
      SCRATCH=scratch
      STATIC=static-image
      MUSL=musl-image
      CC=cc-image
      CHAINGUARD=chainguard-image
      ALPINE=alpine-image
      SLIM=slim-image
      """;

  private static Build render(List<String> lines) throws IOException {
    BuildTemplate template =
        BuildTemplate.of(resource("/build-templates/cloudbuild.yaml"), "FROM x", BASES);
    BuildPlan plan =
        BuildPlan.of(Crates.order(lines), Crates.TEAM.repository(), template.builder());
    return template.render(plan, Crates.TEAM, "E2_HIGHCPU_8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "everything-set"})
  void rendersAsTheGoldenFileSays(String name) throws IOException {
    List<String> input = resource(name + ".input").lines().toList();

    Build build = render(input);

    // The steps are the YAML's own, looked at in the tests below.
    String json = JsonFormat.printer().sortingMapKeys().print(build.toBuilder().clearSteps());
    assertThat(json + "\n").isEqualTo(resource(name + ".expected"));
  }

  @Test
  void keepsEveryStepAsTheYamlHasIt() throws IOException {
    Build build = render(List.of());

    assertThat(build.getStepsList())
        .extracting(BuildStep::getId)
        .containsExactly("prepare", "fetch", "dependencies", "test", "build", "image", "trial");
    assertThat(build.getStepsList()).allMatch(step -> step.getName().equals("${_DOCKER}"));
  }

  @Test
  void letsNoSubstitutionIntoAScript() throws IOException {
    Build build = render(List.of());

    assertThat(build.getStepsList())
        .allSatisfy(
            step -> {
              assertThat(step.getArgsList()).isEmpty();
              assertThat(step.getScript()).doesNotContain("${_");
            });
    assertThat(build.getOptions().getAutomapSubstitutions()).isTrue();
  }

  @Test
  void setsEverySubstitutionTheYamlNames() throws IOException {
    Build yaml = render(List.of());
    BuildPlan plan = BuildPlan.of(Crates.order(), Crates.TEAM.repository(), "builder");

    assertThat(plan.substitutions().keySet())
        .containsExactlyInAnyOrderElementsOf(
            yaml.getSubstitutionsMap().keySet().stream()
                .filter(
                    name ->
                        !List.of("_DOCKERFILE", "_DOCKER", "_BUILDKIT", "_BUILDER", "_BASE_IMAGE")
                            .contains(name))
                .toList());
  }

  @Test
  void carriesTheDockerfileWholeButForItsComments() throws IOException {
    String dockerfile = resource("/build-templates/Dockerfile");
    Map<String, String> substitutions =
        BuildTemplate.load()
            .render(
                BuildPlan.of(Crates.order(), Crates.TEAM.repository(), "builder"), Crates.TEAM, "")
            .getSubstitutionsMap();

    String packed = substitutions.getOrDefault("_DOCKERFILE", "");

    byte[] gzip = Base64.getDecoder().decode(packed);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      assertThat(new String(in.readAllBytes(), UTF_8).lines())
          .containsExactlyElementsOf(
              dockerfile.lines().filter(line -> !line.startsWith("#")).toList());
    }
    assertThat(packed.length()).as("Cloud Build's limit of a substitution").isLessThan(4000);
  }

  @Test
  void givesEveryBuildArgumentTheDockerfileAsksFor() throws IOException {
    String prepare = render(List.of()).getSteps(0).getScript();

    Stream<String> arguments =
        resource("/build-templates/Dockerfile")
            .lines()
            .filter(line -> line.startsWith("ARG "))
            .map(line -> line.substring(4).replaceFirst("=.*", ""))
            .distinct();

    String loop = prepare.substring(prepare.indexOf("for name in"), prepare.indexOf("; do"));
    assertThat(arguments.toList())
        .allSatisfy(name -> assertThat(loop).containsPattern("\\b" + name + "\\b"));
  }

  @Test
  void refusesAKeyThatCloudBuildDoesNotKnow() {
    assertThatThrownBy(() -> BuildTemplate.of("steps: []\nstep: {}\n", "", BASES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step");
  }

  @Test
  void namesThePrivatePoolWhereThereIsOne() throws IOException {
    String pool = "projects/acme/locations/europe-west1/workerPools/rust";
    BuildSettings team = Crates.TEAM;
    BuildSettings pooled =
        new BuildSettings(
            team.project(),
            team.location(),
            team.repository(),
            team.sourceBucket(),
            team.serviceAccount(),
            team.timeout(),
            BuildSettings.Machines.ofPool(pool));
    BuildTemplate template = BuildTemplate.load();
    BuildPlan plan = BuildPlan.of(Crates.order(), pooled.repository(), template.builder());

    assertThat(template.render(plan, pooled, pooled.machines().cold()).getOptions().getPool().getName())
        .isEqualTo(pool);
    assertThat(template.render(plan, team, "").getOptions().hasPool()).isFalse();
  }

  @Test
  void refusesAMachineThatCloudBuildDoesNotKnow() {
    BuildTemplate template = BuildTemplate.load();
    BuildPlan plan = BuildPlan.of(Crates.order(), Crates.TEAM.repository(), "builder");

    assertThatThrownBy(() -> template.render(plan, Crates.TEAM, "abacus"))
        .hasMessageContaining("no machine type 'abacus'");
  }

  @Test
  void findsAnImageForEveryBaseInTheJar() {
    Bases bases = Bases.parse(resource("/build-templates/bases").lines().toList());

    assertThat(dev.slipway.release.RuntimeBase.values())
        .allSatisfy(base -> assertThat(bases.image(base)).isNotBlank());
    assertThat(bases.image("DOCKER")).contains("docker:28");
  }

  private static String resource(String name) {
    try (InputStream in = BuildTemplateTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
