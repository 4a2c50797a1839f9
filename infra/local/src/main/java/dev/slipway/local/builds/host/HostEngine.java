package dev.slipway.local.builds.host;

import com.google.cloudbuild.v1.Build;
import dev.slipway.local.builds.Engine;
import dev.slipway.local.builds.ImageStore;
import dev.slipway.local.builds.Job;
import dev.slipway.local.builds.Objects;
import dev.slipway.local.builds.Outcome;
import dev.slipway.local.builds.image.BaseLayers;
import dev.slipway.local.builds.work.Guard.Limits;
import dev.slipway.local.builds.work.Refusal;
import dev.slipway.local.builds.work.Running;
import dev.slipway.local.builds.work.Stopped;
import dev.slipway.local.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries out Slipway's own builds with this machine's cargo and without containers: recognises
 * them by their substitutions and does natively what their Dockerfile does. Any other build fails
 * with a sentence that says so.
 */
public final class HostEngine implements Engine {

  /** What it works with. */
  record Peers(Objects objects, ImageStore images, Clock clock, Scheduler scheduler) {}

  private final Supplier<Machine> machine;
  private final Slots slots;
  private final Running running = new Running();

  /**
   * @param folder where builds work and keep compiled dependencies
   */
  public HostEngine(Path folder, Objects objects, ImageStore images, Clock clock, Scheduler scheduler) {
    this(folder, new Peers(objects, images, clock, scheduler), System.getenv(), Limits.AMPLE);
  }

  /**
   * @param environment the user's environment, which says where cargo is
   */
  HostEngine(Path folder, Peers peers, Map<String, String> environment, Limits limits) {
    slots = new Slots(folder.toAbsolutePath());
    Rust rust = new Rust(environment);
    // Not among the slots, of which the oldest are deleted.
    BaseLayers bases = new BaseLayers(folder.toAbsolutePath().resolveSibling("build-bases"));
    machine =
        once(
            () ->
                new Machine(
                    rust,
                    Sandbox.probe(),
                    bases,
                    peers.objects(),
                    peers.images(),
                    peers.clock(),
                    peers.scheduler(),
                    limits));
  }

  private static <T> Supplier<T> once(Supplier<T> make) {
    return new Supplier<>() {
      private Optional<T> made = Optional.empty();

      @Override
      public synchronized T get() {
        if (made.isEmpty()) {
          made = Optional.of(make.get());
        }
        return made.get();
      }
    };
  }

  @Override
  public void run(Job job, Consumer<Outcome> done) {
    running.during(() -> done.accept(outcome(job)));
  }

  private Outcome outcome(Job job) {
    Build.Builder build = job.build().toBuilder();
    try {
      Order order = Order.of(job.build());
      try (Slots.Slot slot = slots.take(order.slot())) {
        new HostBuild(machine.get(), job, order, slot, build).run();
      }
      return new Outcome.Succeeded(build.build());
    } catch (Refusal e) {
      return new Outcome.Failed(build.build(), e.type(), e.why());
    } catch (Stopped e) {
      return new Outcome.Broken(build.build(), "The build was stopped.");
    } catch (IOException | UncheckedIOException e) {
      return new Outcome.Broken(
          build.build(),
          "Tried to build on this machine but failed: %s. See that the disk has room and the folder"
              .formatted(e)
              + " can be written to, then submit the build again.");
    }
  }

  @Override
  public void close() {
    running.close();
  }
}
