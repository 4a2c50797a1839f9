package dev.slipway.local.builds;

import dev.slipway.local.builds.container.ContainerEngine;
import dev.slipway.local.builds.container.Program;
import dev.slipway.local.builds.host.HostEngine;
import dev.slipway.local.time.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What builds are to be carried out with.
 *
 * @param kind the engine
 * @param bases for container engines: images to use instead of those builds ask for, by the name
 *     {@code build-templates/bases} has for them (BUILDER, STATIC, CC ...)
 */
public record EngineChoice(Kind kind, Map<String, String> bases) {

  /** This machine's cargo without containers. */
  public static final EngineChoice HOST = new EngineChoice(Kind.HOST, Map.of());

  public enum Kind {
    HOST,
    DOCKER,
    PODMAN,
    BUILDAH
  }

  public EngineChoice {
    bases = Map.copyOf(bases);
  }

  /** What is wrong when a container engine's program cannot be used here, in one sentence. */
  public Optional<String> problem() {
    return program().flatMap(Program::problem);
  }

  private Optional<Program> program() {
    return kind == Kind.HOST ? Optional.empty() : Optional.of(Program.valueOf(kind.name()));
  }

  /**
   * Makes the engine.
   *
   * @param folder where builds work
   */
  public Engine make(
      Path folder, Objects objects, ImageStore images, Clock clock, Scheduler scheduler) {
    return program()
        .<Engine>map(
            program ->
                new ContainerEngine(
                    folder,
                    new ContainerEngine.Machine(
                        program,
                        bases,
                        ContainerEngine.passed(System.getenv()),
                        objects,
                        images,
                        clock,
                        scheduler)))
        .orElseGet(() -> new HostEngine(folder, objects, images, clock, scheduler));
  }
}
