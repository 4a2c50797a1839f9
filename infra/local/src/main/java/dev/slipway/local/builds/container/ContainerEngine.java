package dev.slipway.local.builds.container;

import com.google.cloudbuild.v1.Build;
import dev.slipway.local.builds.Engine;
import dev.slipway.local.builds.ImageStore;
import dev.slipway.local.builds.Job;
import dev.slipway.local.builds.Objects;
import dev.slipway.local.builds.Outcome;
import dev.slipway.local.builds.work.Folders;
import dev.slipway.local.builds.work.Refusal;
import dev.slipway.local.builds.work.Running;
import dev.slipway.local.builds.work.Stopped;
import dev.slipway.local.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Carries out Slipway's builds with a container engine: the Dockerfile they bring along, as is. */
public final class ContainerEngine implements Engine {

  /** Beginnings of the names of variables container engines read, and nothing else of the user's. */
  private static final List<String> PASSED =
      List.of(
          "PATH", "HOME", "USER", "TMPDIR", "XDG_", "DOCKER_", "BUILDX_", "BUILDKIT_", "BUILDAH_",
          "CONTAINER", "REGISTRY_AUTH_FILE", "STORAGE_", "SSL_CERT_", "HTTP_PROXY", "HTTPS_PROXY",
          "NO_PROXY", "http_proxy", "https_proxy", "no_proxy");

  /**
   * What every build uses.
   *
   * @param bases images to use instead of those builds ask for, by the name {@code
   *     build-templates/bases} has for them: BUILDER, STATIC, CC ...
   * @param environment what the program gets
   */
  public record Machine(
      Program program,
      Map<String, String> bases,
      Map<String, String> environment,
      Objects objects,
      ImageStore images,
      Clock clock,
      Scheduler scheduler) {}

  private final Path folder;
  private final Machine machine;
  private final Running running = new Running();

  /**
   * @param folder where builds work
   */
  public ContainerEngine(Path folder, Machine machine) {
    this.folder = folder.toAbsolutePath();
    this.machine = machine;
  }

  /** What of the user's environment the program is to get. */
  public static Map<String, String> passed(Map<String, String> user) {
    Map<String, String> passed = new TreeMap<>(user);
    passed.keySet().removeIf(name -> PASSED.stream().noneMatch(name::startsWith));
    return passed;
  }

  @Override
  public void run(Job job, Consumer<Outcome> done) {
    running.during(() -> done.accept(outcome(job)));
  }

  private Outcome outcome(Job job) {
    Build.Builder build = job.build().toBuilder();
    Stage.Box box = new Stage.Box(folder.resolve("container-" + build.getId()));
    try {
      Files.createDirectories(box.root());
      new ContainerBuild(machine, job, box, build).run();
      return new Outcome.Succeeded(build.build());
    } catch (Refusal e) {
      return new Outcome.Failed(build.build(), e.type(), e.why());
    } catch (Stopped e) {
      return new Outcome.Broken(build.build(), "The build was stopped.");
    } catch (IOException | UncheckedIOException e) {
      return new Outcome.Broken(
          build.build(),
          "Tried to build with %s but failed: %s. See that it works and the disk has room, then submit"
              .formatted(machine.program().label(), e)
              + " the build again.");
    } finally {
      Folders.deleteQuietly(box.root());
    }
  }

  @Override
  public void close() {
    running.close();
  }
}
