package dev.slipway.local.builds.host;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.BuildStep;
import com.google.cloudbuild.v1.BuiltImage;
import com.google.cloudbuild.v1.FileHashes;
import com.google.cloudbuild.v1.Hash;
import com.google.cloudbuild.v1.Results;
import com.google.cloudbuild.v1.StorageSource;
import com.google.protobuf.ByteString;
import dev.slipway.local.builds.Job;
import dev.slipway.local.builds.image.AppLayer;
import dev.slipway.local.builds.image.Base;
import dev.slipway.local.builds.image.Elf;
import dev.slipway.local.builds.image.Hashing;
import dev.slipway.local.builds.image.Image;
import dev.slipway.local.builds.image.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Map;

/** One build from archive to digest: fetch, compile, check, test, make the image, push it. */
final class HostBuild {

  private final Machine machine;
  private final Job job;
  private final Order order;
  private final Slots.Slot slot;
  private final Build.Builder build;
  private final BuildFacts facts;

  HostBuild(Machine machine, Job job, Order order, Slots.Slot slot, Build.Builder build) {
    this.machine = machine;
    this.job = job;
    this.order = order;
    this.slot = slot;
    this.build = build;
    facts = new BuildFacts(order);
  }

  /** Does it all; {@code build} then carries provenance, timing and results. */
  void run() throws IOException {
    Path cargo = machine.rust().cargo();
    fetchSource();
    Stopwatch whole = new Stopwatch(machine.clock());
    job.log().line("BUILD");
    try {
      Crate crate = compile(cargo);
      Stopwatch imaging = new Stopwatch(machine.clock());
      Image image = image(crate);
      facts.put("imageSeconds", imaging.seconds());
      build.putTiming("BUILD", whole.span());
      push(image);
    } catch (Refusal e) {
      build.putTiming("BUILD", whole.span());
      throw e;
    }
  }

  private void fetchSource() throws IOException {
    Stopwatch watch = new Stopwatch(machine.clock());
    StorageSource source = order.source();
    job.log().line("FETCHSOURCE");
    String name = "gs://%s/%s#%d".formatted(source.getBucket(), source.getObject(), source.getGeneration());
    job.log().line("fetching " + name);
    var hash = Hashing.sha256();
    try (InputStream archive = open(source)) {
      DigestInputStream hashed = new DigestInputStream(archive, hash);
      SourceTree.unpack(hashed, slot.source());
      hashed.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new Refusal(
          FailureType.FETCH_SOURCE_FAILED,
          "Tried to fetch and unpack %s but failed: %s".formatted(name, e.getMessage()));
    }
    SourceTree.standAlone(slot.source());
    build.putTiming("FETCHSOURCE", watch.span());
    build
        .getSourceProvenanceBuilder()
        .setResolvedStorageSource(source)
        .putFileHashes(
            name,
            FileHashes.newBuilder()
                .addFileHash(
                    Hash.newBuilder()
                        .setType(Hash.HashType.SHA256)
                        .setValue(ByteString.copyFrom(hash.digest())))
                .build());
  }

  private InputStream open(StorageSource source) throws IOException {
    Long generation = source.getGeneration() == 0 ? null : source.getGeneration();
    return machine.objects().open(source.getBucket(), source.getObject(), generation);
  }

  private Crate compile(Path program) throws IOException {
    Map<String, String> environment = machine.rust().environment(slot, order);
    String toolchain = machine.rust().choose(order, slot.source(), environment, job.log());
    facts.put("toolchain", toolchain);
    job.log().line("rustc " + toolchain + "; " + machine.sandbox().describe());
    long cpuSeconds =
        Math.max(60, build.getTimeout().getSeconds() * Runtime.getRuntime().availableProcessors());
    Cargo cargo =
        new Cargo(
            program,
            machine.sandbox(),
            slot.source(),
            environment,
            cpuSeconds,
            new Command.Ears(job.log(), job.cancellation()));
    Stopwatch fetching = new Stopwatch(machine.clock());
    cargo.fetch(machine.rust().withNetwork(environment));
    Crate crate = cargo.describe(order);
    facts.put("fetchSeconds", fetching.seconds());
    CargoEvents events = cargo.build(order, crate, slot.target(), machine.clock());
    facts.put("cacheHit", events.cacheHit());
    facts.put("cookSeconds", Stopwatch.seconds(events.cook()));
    facts.put("buildSeconds", Stopwatch.seconds(events.build()));
    keep(events);
    Stopwatch testing = new Stopwatch(machine.clock());
    if (order.runTests()) {
      cargo.test(order);
    }
    facts.put("testSeconds", order.runTests() ? testing.seconds() : 0);
    return crate;
  }

  /** Takes the binary out of the target folder, where the tests could still change it. */
  private void keep(CargoEvents events) throws IOException {
    Path executable = events.executable();
    if (executable == null) {
      throw new Refusal("cargo built no binary named '%s'.".formatted(order.bin()));
    }
    Files.copy(executable, binary(), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path binary() {
    return slot.out().resolve("binary");
  }

  private Image image(Crate crate) throws IOException {
    Elf elf;
    try {
      elf = Elf.read(binary());
    } catch (IOException e) {
      throw new Refusal(
          "The binary built for %s is not a Linux executable.".formatted(order.target()));
    }
    facts.binary(Files.size(binary()), elf);
    Base base = new Base(order.base());
    base.refusal(order.bin(), elf)
        .ifPresent(
            refusal -> {
              throw new Refusal(refusal);
            });
    List<Layer> layers =
        List.of(
            base.layer(elf, slot.out().resolve("base.tar.gz")),
            AppLayer.write(order.bin(), binary(), slot.out().resolve("app.tar.gz")));
    return new Image(
        elf.architecture(),
        AppLayer.path(order.bin()),
        layers,
        crate.labels(order.bin(), slot.source()));
  }

  private void push(Image image) throws IOException {
    if (job.cancellation().isCancelled()) {
      throw new Stopped();
    }
    Stopwatch watch = new Stopwatch(machine.clock());
    job.log().line("PUSH");
    Path config = Files.write(slot.out().resolve("config.json"), image.config());
    machine.images().blob(Hashing.digest(image.config()), config);
    for (Layer layer : image.layers()) {
      machine.images().blob(layer.digest(), layer.file());
    }
    Results.Builder results = Results.newBuilder();
    for (String name : order.images()) {
      String digest = machine.images().manifest(name, Image.MANIFEST_TYPE, image.manifest());
      job.log().line(name + ": digest: " + digest);
      results.addImages(
          BuiltImage.newBuilder().setName(name).setDigest(digest).setPushTiming(watch.span()));
    }
    build.putTiming("PUSH", watch.span());
    for (int i = 0; i < build.getStepsCount(); i++) {
      BuildStep.Builder step = build.getStepsBuilder(i).setStatus(Build.Status.SUCCESS);
      boolean last = i == build.getStepsCount() - 1;
      step.setTiming(build.getTimingOrThrow("BUILD"));
      results.addBuildStepOutputs(last ? facts.json() : ByteString.EMPTY);
    }
    build.setResults(results);
  }
}
