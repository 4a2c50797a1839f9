package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import java.util.function.Consumer;

/** Would run a build's steps in containers; not written yet, so that it refuses every build. */
final class ContainerEngine implements Engine {

  private final String name;

  /**
   * @param name docker, podman or buildah
   */
  ContainerEngine(String name) {
    this.name = name;
  }

  @Override
  public void run(Job job, Consumer<Outcome> done) {
    String refusal =
        ("The laptop cloud cannot run build steps with %s yet. Use the engine 'host', which builds"
                + " Slipway's own builds with this machine's cargo.")
            .formatted(name);
    job.log().line("ERROR: " + refusal);
    done.accept(new Outcome.Failed(job.build(), FailureType.USER_BUILD_STEP, refusal));
  }
}
