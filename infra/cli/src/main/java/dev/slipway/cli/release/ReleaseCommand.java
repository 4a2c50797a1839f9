package dev.slipway.cli.release;

import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.environment.ConsoleApi.RegionView;
import dev.slipway.cli.environment.ConsoleApi.ReleaseView;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.release.ByteSize;
import dev.slipway.release.BuildReport;
import dev.slipway.release.Image;
import dev.slipway.release.RegionStand;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one release. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Show one release: where it stands, its image, what can be asked of it.")
public final class ReleaseCommand implements Callable<Integer> {

  private static final int LABEL = 12;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(paramLabel = "ID|SERVICE", description = "A release, or a service's latest.")
  private String named = "";

  @Override
  public Integer call() {
    Screen screen = output.screen();
    try (Environment env = environment.open()) {
      ReleaseId id = new Named(env).release(named);
      if (screen.isJson()) {
        screen.json(env.api().get("api/releases/" + id, Map.of()));
      } else {
        show(screen, env, env.api().release(id));
      }
    }
    return Exit.DONE;
  }

  private static void show(Screen screen, Environment env, ReleaseView view) {
    Release release = view.release();
    screen.line(Told.standing(release));
    release.stage().why().ifPresent(why -> screen.text("  ", why));
    release
        .crate()
        .ifPresent(crate -> row(screen, "crate", crate.name() + " " + crate.version()));
    row(screen, "upload", "gs://" + release.upload());
    row(screen, "began", Told.day(release.history().getFirst().at()) + " UTC");
    row(screen, "since", Told.day(release.inStageSince()) + " UTC");
    show(screen, env, release);
    release.image().ifPresent(image -> show(screen, image));
    release
        .report()
        .flatMap(BuildReport::trialRun)
        .ifPresent(run -> row(screen, "trial run", run.words()));
    release.warnings().forEach(warning -> row(screen, "warning", warning.toString()));
    if (!release.verdicts().isEmpty()) {
      screen.line("the gate, last:");
      screen.lines(Judged.lines("  ", release.verdicts().getLast()));
    }
    String can =
        view.commands().stream().map(Rest::name).sorted().collect(Collectors.joining(", "));
    row(screen, "you can", can.isEmpty() ? "ask nothing of it now" : can);
    row(screen, "page", env.page() + "releases/" + release.id());
  }

  /** How far it is in each region, and who serves there; nothing where there is only one. */
  private static void show(Screen screen, Environment env, Release release) {
    List<RegionStand> stands = RegionStand.of(release.stage());
    if (stands.isEmpty()) {
      return;
    }
    List<RegionView> there = env.api().service(release.id().service()).regions();
    for (RegionStand stand : stands) {
      String serving =
          there.stream()
              .filter(region -> region.region().equals(stand.region()))
              .map(region -> StatusCommand.traffic(region.traffic()))
              .filter(traffic -> !traffic.isEmpty())
              .findFirst()
              .orElse("nothing serves there");
      row(screen, "region", "%s; %s".formatted(stand, serving));
    }
  }

  private static void show(Screen screen, Image image) {
    row(screen, "image", image.name());
    row(screen, "digest", image.digest());
    row(
        screen,
        "size",
        "%s compressed, %s unpacked, %d layers"
            .formatted(
                ByteSize.shown(image.compressedBytes()),
                ByteSize.shown(image.uncompressedBytes()),
                image.layers().size()));
  }

  private static void row(Screen screen, String label, String value) {
    screen.line(Line.of(Tone.FAINT, label).padded(LABEL).and(value));
  }
}
