package dev.slipway.local;

import dev.slipway.local.builds.TrialRuns;
import dev.slipway.local.run.TrialRun;
import java.util.concurrent.CompletableFuture;

/** Runs the images of builds as Cloud Run's instances are run. */
final class ImageTrials implements TrialRuns {

  private final dev.slipway.local.run.TrialRuns runs;

  ImageTrials(dev.slipway.local.run.TrialRuns runs) {
    this.runs = runs;
  }

  @Override
  public Trial begin(String image, String service) {
    TrialRun run = runs.begin(image, service);
    CompletableFuture<Seen> seen =
        run.result()
            .thenApply(
                ended ->
                    new Seen(
                        ended.listens(),
                        ended.handlesTerm(),
                        ended.exitCode(),
                        ended.stop(),
                        ended.tail()));
    return new Trial() {
      @Override
      public CompletableFuture<Seen> seen() {
        return seen;
      }

      @Override
      public void kill() {
        run.kill();
      }
    };
  }
}
