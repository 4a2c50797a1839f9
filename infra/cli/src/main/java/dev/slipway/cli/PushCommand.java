package dev.slipway.cli;

import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.pack.Packing;
import dev.slipway.cli.release.Follow;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.cli.upload.Bar;
import dev.slipway.cli.upload.Sessions;
import dev.slipway.cli.upload.Uploader;
import dev.slipway.release.Limits;
import dev.slipway.release.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Packs, checks and uploads a crate, and follows its release if asked to. */
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description = "Upload a crate: its release follows by itself.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is uploaded; with --watch, it is live",
      "1:it cannot be packed, released or uploaded",
      "4:with --watch, its release ended otherwise"
    })
final class PushCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Option(names = "--list", description = "Only show which files would be packed.")
  private boolean list;

  @Option(names = "--dry-run", description = "Only pack and check, as the environment would.")
  private boolean dryRun;

  @Option(names = "--watch", description = "Then follow the release until it comes to rest.")
  private boolean watch;

  @Option(names = "--allow-secrets", description = "Pack files that look like secrets, too.")
  private boolean secrets;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR|FILE",
      description =
          "A crate's folder, or an archive (.crate, .tar.gz, .tgz, .tar, .zip); default: this folder.")
  private Path source = Path.of(".");

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(source)) {
      throw misuse("There is no file or folder '" + source + "'.");
    }
    Screen screen = output.screen();
    if (list) {
      if (!Files.isDirectory(source)) {
        throw misuse("--list is for a folder: '" + source + "' is packed already.");
      }
      return PackList.show(Packing.of(source, secrets), screen);
    }
    if (dryRun) {
      try (Cargo cargo = prepared(screen, Allowance.ofAny(environment, screen))) {
        return DryRun.show(cargo, screen);
      }
    }
    try (Environment env = environment.open();
        Cargo cargo = prepared(screen, Allowance.of(env, screen))) {
      return push(cargo, env, screen);
    }
  }

  private CommandLine.ParameterException misuse(String why) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), why);
  }

  private Cargo prepared(Screen screen, Limits limits) throws IOException {
    Cargo cargo = Cargo.of(source, secrets, limits);
    cargo.notes().forEach(note -> screen.note("note: " + note));
    if (!cargo.warnings().isEmpty()) {
      screen.note("warnings:\n" + ArchiveCheck.lines(cargo.warnings()));
    }
    return cargo;
  }

  private int push(Cargo cargo, Environment env, Screen screen) {
    Clock clock = Clock.systemUTC();
    Uploader uploader =
        new Uploader(env.uploads().storage(), new Sessions(sessions(env), clock), clock);
    Uploader.Uploaded uploaded =
        uploader.upload(cargo.archive(), env.bucket(), cargo.name(), new Bar(screen, clock));
    List<ReleaseId> ids =
        cargo.crates().stream()
            .map(crate -> ReleaseId.of(crate.service(), uploaded.upload()))
            .toList();
    String flag = env.flag();
    new Pushed(uploaded, ids, flag).show(screen);
    int exit = Exit.DONE;
    for (ReleaseId id : watch ? ids : List.<ReleaseId>of()) {
      Parting parting =
          Parting.words(
              () -> screen.note("The release goes on; watch it with: slipway watch " + id + flag));
      try {
        exit = Math.max(exit, new Follow(env, screen, clock).toRest(id, Optional.empty()));
      } finally {
        parting.close();
      }
    }
    return exit;
  }

  private Path sessions(Environment env) {
    if (env.isLaptop()) {
      return environment.state().resolve("push");
    }
    Surroundings surroundings = Surroundings.of(Objects.requireNonNull(spec));
    return surroundings
        .variable("XDG_CACHE_HOME")
        .map(Path::of)
        .orElseGet(() -> surroundings.home().resolve(".cache"))
        .resolve("slipway")
        .resolve("push");
  }
}
