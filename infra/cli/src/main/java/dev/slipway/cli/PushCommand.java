package dev.slipway.cli;

import com.google.gson.JsonObject;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.Packer;
import dev.slipway.cli.terminal.Plain;
import dev.slipway.release.Upload;
import dev.slipway.source.SourceArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Uploads a crate. */
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description = "Upload a crate: its release follows by itself.")
final class PushCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StateOption state;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Parameters(
      paramLabel = "DIR|FILE",
      description = "A crate's folder, or an archive (.crate, .tar.gz, .tgz, .zip).")
  private Path source;

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(source)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "There is no file or folder '" + source + "'.");
    }
    try (Laptop laptop = Laptop.running(state.folder())) {
      report(upload(laptop));
    }
    return CommandLine.ExitCode.OK;
  }

  private Upload upload(Laptop laptop) throws IOException {
    Path real = source.toRealPath();
    String name = String.valueOf(real.getFileName());
    if (!Files.isDirectory(real)) {
      return checked(laptop, real, name);
    }
    Path archive = Packer.pack(real);
    try {
      return checked(laptop, archive, name + ".tar.gz");
    } finally {
      Files.delete(archive);
    }
  }

  /** What the function would refuse is refused here, before anybody has to wait for it. */
  private Upload checked(Laptop laptop, Path archive, String name) {
    switch (ArchiveCheck.check(archive, name)) {
      case SourceArchive.Checked.Bad bad ->
          throw new Failure(
              "%s cannot be released:%n%s"
                  .formatted(Plain.line(name), ArchiveCheck.lines(bad.findings())));
      case SourceArchive.Checked.Good good -> {
        if (!good.warnings().isEmpty()) {
          var err = spec.commandLine().getErr();
          err.println("warnings:\n" + ArchiveCheck.lines(good.warnings()));
        }
      }
    }
    return laptop.upload(archive, name);
  }

  private void report(Upload upload) {
    var out = spec.commandLine().getOut();
    if (json) {
      JsonObject result = new JsonObject();
      result.addProperty("bucket", upload.bucket());
      result.addProperty("object", upload.object());
      result.addProperty("generation", Long.toString(upload.generation()));
      result.addProperty("key", upload.key());
      out.println(result);
      return;
    }
    out.printf(
        Locale.ROOT,
        "Uploaded gs://%s/%s (generation %d).%nIts release ends in -%s; follow it with 'slipway releases'.%n",
        upload.bucket(),
        upload.object(),
        upload.generation(),
        upload.key());
  }
}
