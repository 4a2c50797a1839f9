package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.cloudbuild.v1.Results;
import dev.slipway.local.builds.TrialRuns.Seen;
import dev.slipway.local.builds.TrialRuns.Trial;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An engine whose images are run once, and stopped, before their build is done: the last step of
 * the build template, whichever engine carries it out. What is seen joins the build's report; that
 * an image cannot be run is a line in the log and no fault of the build.
 */
public final class TryingEngine implements Engine {

  private static final long CLOSE_SECONDS = 5;

  private final Engine engine;
  private final TrialRuns trials;
  private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();

  public TryingEngine(Engine engine, TrialRuns trials) {
    this.engine = engine;
    this.trials = trials;
  }

  @Override
  public void run(Job job, Consumer<Outcome> done) {
    engine.run(
        job,
        outcome -> {
          if (outcome instanceof Outcome.Succeeded succeeded
              && succeeded.build().getResults().getImagesCount() > 0) {
            tried(job, succeeded.build(), done);
          } else {
            done.accept(outcome);
          }
        });
  }

  private void tried(Job job, Build build, Consumer<Outcome> done) {
    job.log().line("TRIAL RUN");
    Trial trial =
        trials.begin(
            pinned(build.getResults().getImages(0)),
            build.getSubstitutionsOrDefault("_SERVICE", "service"));
    Runnable forget = job.cancellation().onCancel(trial::kill);
    CompletableFuture<Outcome> outcome =
        trial
            .seen()
            .handle(
                (seen, failure) -> {
                  forget.run();
                  return new Outcome.Succeeded(
                      seen == null ? untried(job, build, failure) : reported(job, build, seen));
                });
    underWay.add(outcome);
    var unused =
        outcome.whenComplete(
            (ended, none) -> {
              underWay.remove(outcome);
              done.accept(ended);
            });
  }

  /** {@code host/path:tag} by its digest. */
  private static String pinned(BuiltImage image) {
    String name = image.getName();
    int tag = name.lastIndexOf(':');
    String repository = tag > name.lastIndexOf('/') ? name.substring(0, tag) : name;
    return repository + "@" + image.getDigest();
  }

  private static Build untried(Job job, Build build, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    job.log().line("the image was not run: " + cause.getMessage());
    return build;
  }

  private static Build reported(Job job, Build build, Seen seen) {
    seen.tail().forEach(line -> job.log().line("  " + line));
    TrialReport report = new TrialReport(seen);
    job.log().line(report.json());
    Results.Builder results = build.getResults().toBuilder();
    int last = results.getBuildStepOutputsCount() - 1;
    if (last >= 0) {
      results.setBuildStepOutputs(last, report.join(results.getBuildStepOutputs(last)));
    }
    return build.toBuilder().setResults(results).build();
  }

  @Override
  public void close() {
    engine.close();
    var unused =
        CompletableFuture.allOf(underWay.toArray(CompletableFuture<?>[]::new))
            .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
            .join();
  }
}
