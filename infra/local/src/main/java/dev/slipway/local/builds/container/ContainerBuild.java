package dev.slipway.local.builds.container;

import com.google.cloudbuild.v1.Build;
import dev.slipway.local.builds.Job;
import dev.slipway.local.builds.work.Archive;
import dev.slipway.local.builds.work.Command;
import dev.slipway.local.builds.work.Guard;
import dev.slipway.local.builds.work.Push;
import dev.slipway.local.builds.work.Refusal;
import dev.slipway.local.builds.work.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One build from archive to digest, stage by stage as the steps of the build template go; but the
 * compiled dependencies are kept in the engine's own cache, not in a registry.
 */
final class ContainerBuild {

  private final ContainerEngine.Machine machine;
  private final Job job;
  private final Stage.Box box;
  private final Build.Builder build;
  private final Map<String, String> values;
  private final Stopwatch whole;

  ContainerBuild(ContainerEngine.Machine machine, Job job, Stage.Box box, Build.Builder build) {
    this.machine = machine;
    this.job = job;
    this.box = box;
    this.build = build;
    values = job.build().getSubstitutionsMap();
    whole = new Stopwatch(machine.clock());
  }

  /** Does it all; {@code build} then carries provenance, timing and results. */
  void run() throws IOException {
    Map<String, String> arguments = prepare();
    long started = machine.clock().instant().getEpochSecond();
    new Archive(build.getSource().getStorageSource(), machine.objects(), machine.clock())
        .unpack(box.source(), job.log(), build);
    job.log().line("BUILD");
    String image = "slipway/" + build.getId();
    try {
      stages(arguments);
      Stopwatch imaging = new Stopwatch(machine.clock());
      stage("runtime", "image", arguments, new Stage.Result.Tagged(image));
      Push push = saved(image);
      build.putTiming("BUILD", whole.span());
      var report = new Report(box.report()).json(values, started, imaging.seconds());
      push.run(job, machine.images(), machine.clock(), report, build);
    } finally {
      build.putTiming("BUILD", whole.span());
    }
  }

  private Map<String, String> prepare() throws IOException {
    if (build.getImagesCount() == 0) {
      throw new Refusal("The build names no image to push (images[0]).");
    }
    Dockerfile brought = Dockerfile.of(values);
    for (Path folder : List.of(box.source(), box.report(), box.files())) {
      Files.createDirectories(folder);
    }
    Dockerfile used =
        machine.program().isBuildKit() ? brought : brought.plain(box.files());
    Files.writeString(box.dockerfile(), used.text());
    Files.writeString(box.ignored(), "target\n.git\n");
    return brought.arguments(values, machine.bases());
  }

  private void stages(Map<String, String> arguments) throws IOException {
    var report = new Stage.Result.Exported(box.report());
    pull(arguments.getOrDefault("BASE_IMAGE", ""));
    stage(Stage.FETCHED, "fetch", arguments, new Stage.Result.Kept());
    stage("cooked", "dependencies", arguments, new Stage.Result.Kept());
    if (values.getOrDefault("_RUN_TESTS", "").equals("true")) {
      stage("tests", "test", arguments, report);
    }
    stage("report", "build", arguments, report);
  }

  /** The base is first needed where there is no network any more. */
  private void pull(String image) throws IOException {
    if (!machine.program().isBuildKit() && !image.equals("scratch")) {
      check("prepare", run(machine.program().pull(image)));
    }
  }

  private void stage(
      String target, String step, Map<String, String> arguments, Stage.Result result)
      throws IOException {
    Stage stage = new Stage(target, step, box, arguments, result);
    job.log().line("Starting Step - \"%s\"".formatted(step));
    check(step, run(machine.program().build(stage)));
  }

  private void check(String step, int exit) {
    if (exit != 0) {
      build.getStepsBuilderList().stream()
          .filter(each -> each.getId().equals(step))
          .forEach(each -> each.setStatus(Build.Status.FAILURE));
      throw new Refusal(
          "The step '%s' failed: %s ended with exit code %d; the log says why."
              .formatted(step, machine.program().label(), exit));
    }
  }

  private Push saved(String image) throws IOException {
    if (run(machine.program().save(image, box.image())) != 0) {
      throw new IOException("the engine could not write the image to a file");
    }
    run(machine.program().remove(image));
    return OciArchive.read(box.image(), Files.createDirectories(box.root().resolve("oci")));
  }

  private int run(List<String> words) throws IOException {
    Guard guard = new Guard(machine.scheduler(), box.root(), Guard.Limits.AMPLE);
    Command.Ears ears = new Command.Ears(job.log(), job.cancellation(), guard);
    return new Command(words, box.root(), machine.environment())
        .run(ears.out(line -> job.log().line(line)));
  }
}
