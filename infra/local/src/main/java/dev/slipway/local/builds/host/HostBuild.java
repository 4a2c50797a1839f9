package dev.slipway.local.builds.host;

import com.google.cloudbuild.v1.Build;
import dev.slipway.local.builds.Job;
import dev.slipway.local.builds.image.AppLayer;
import dev.slipway.local.builds.image.Base;
import dev.slipway.local.builds.image.Elf;
import dev.slipway.local.builds.image.Hashing;
import dev.slipway.local.builds.image.Image;
import dev.slipway.local.builds.image.Layer;
import dev.slipway.local.builds.work.Archive;
import dev.slipway.local.builds.work.Push;
import dev.slipway.local.builds.work.Refusal;
import dev.slipway.local.builds.work.SourceTree;
import dev.slipway.local.builds.work.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
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
    new Archive(order.source(), machine.objects(), machine.clock())
        .unpack(slot.source(), job.log(), build);
    SourceTree.standAlone(slot.source());
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

  private Crate compile(Path program) throws IOException {
    Compilation compilation = new Compilation(machine, job, order, slot, program);
    Compilation.Compiled compiled = compilation.run(facts);
    keep(compiled.events());
    compilation.test(facts);
    return compiled.crate();
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
            base.layer(elf, machine.bases()),
            AppLayer.write(order.bin(), binary(), slot.out().resolve("app.tar.gz")));
    return new Image(
        elf.architecture(),
        AppLayer.path(order.bin()),
        layers,
        crate.labels(order.bin(), slot.source()));
  }

  private void push(Image image) throws IOException {
    Map<String, Path> blobs = new LinkedHashMap<>();
    Path config = Files.write(slot.out().resolve("config.json"), image.config());
    blobs.put(Hashing.digest(image.config()), config);
    image.layers().forEach(layer -> blobs.put(layer.digest(), layer.file()));
    new Push(
            Image.MANIFEST_TYPE, new String(image.manifest(), StandardCharsets.UTF_8), blobs)
        .run(job, machine.images(), machine.clock(), facts.json(), build);
  }
}
