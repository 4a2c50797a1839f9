package dev.slipway.cli;

import com.google.gson.JsonObject;
import dev.slipway.Settings;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.cli.laptop.Tools;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.builds.EngineChoice;
import dev.slipway.local.server.Endpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Runs the laptop cloud until it is interrupted. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Run the laptop cloud with Slipway's functions, until interrupted.")
final class UpCommand implements Callable<Integer> {

  /** A tick wakes three functions: often while something is rolled out, seldom while nothing is. */
  private static final Duration REST = Duration.ofSeconds(10);

  private static final int MAX_PORT = 65_535;

  /** What the cloud is called that promotions come from. */
  private static final String STAGING = "staging";

  @Spec private CommandSpec spec;

  @Mixin private StateOption state;

  @Option(names = "--json", description = "Print where it listens as one line of JSON.")
  private boolean json;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "host",
      description =
          "What crates are built with: host (cargo, no containers), docker, podman or buildah"
              + " (default: host).")
  private EngineChoice.Kind engine = EngineChoice.Kind.HOST;

  @Option(
      names = "--base",
      paramLabel = "NAME=IMAGE",
      description =
          "For container engines: use this image instead of the one build-templates/bases has under"
              + " NAME (BUILDER, STATIC, CC ...). Can be given several times.")
  private Map<String, String> bases = Map.of();

  @Option(
      names = "--ports",
      paramLabel = "GRPC,HTTP",
      split = ",",
      description = "Two ports to listen on (default: those of last time, else any free ones).")
  private List<Integer> ports = List.of();

  @Option(
      names = "--after",
      paramLabel = "FOLDER",
      description =
          "Take promotions from the laptop cloud that runs with its state in FOLDER, under the name"
              + " staging.")
  private @Nullable Path after;

  @Override
  public Integer call() throws InterruptedException {
    TerminalLog.begin(spec.commandLine().getErr(), state.folder());
    EngineChoice choice = new EngineChoice(engine, bases);
    Tools.require(choice);
    AtomicReference<LaptopCloud> running = new AtomicReference<>(start(choice));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> running.get().close(), "shutdown"));
    report(running.get());
    while (true) {
      running.get().awaitRestart();
      running.get().close();
      running.set(start(choice));
    }
  }

  private LaptopCloud start(EngineChoice choice) {
    CloudConfig config =
        LaptopSetup.config(
                state.folder(), LaptopSetup.LAPTOP_POLICY, Duration.ofSeconds(1), source())
            .resting(REST)
            .with(choice);
    LaptopCloud cloud = LaptopCloud.start(endpoints().map(config::at).orElse(config));
    cloud.warmUp();
    return cloud;
  }

  private Map<String, String> source() {
    return after == null
        ? Map.of()
        : Map.of(
            Settings.PROMOTION_SOURCE,
            LaptopSetup.promotionSource(STAGING, Laptop.whereRunning(after)));
  }

  private Optional<Endpoints> endpoints() {
    if (ports.isEmpty()) {
      return Optional.empty();
    }
    boolean two = ports.size() == 2 && !ports.getFirst().equals(ports.getLast());
    if (!two || ports.stream().anyMatch(port -> port < 1 || port > MAX_PORT)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--ports takes two different ports, 1 to 65535, such as 20080,20081");
    }
    return Optional.of(new Endpoints(ports.getFirst(), ports.getLast()));
  }

  private void report(LaptopCloud cloud) {
    var out = spec.commandLine().getOut();
    if (json) {
      JsonObject result = new JsonObject();
      result.addProperty("grpc", cloud.endpoints().grpc());
      result.addProperty("http", cloud.endpoints().http());
      result.addProperty("page", LaptopSetup.page(cloud.endpoints()));
      result.addProperty("state", state.folder().toString());
      result.addProperty("readyMillis", cloud.readyMillis());
      out.println(result);
      return;
    }
    out.printf(
        """
        The laptop cloud is up (in %d ms), its state in %s.
          gRPC APIs  %s   Pub/Sub, Firestore, Cloud Build, Cloud Run, Artifact Registry
          HTTP APIs  %s   Cloud Storage, the image registry, Slack
          The page   %s
          Slack      %s/slack/
        Push a crate from another terminal: slipway push%s DIR. Stop with Ctrl-C.
        """,
        cloud.readyMillis(),
        state.folder(),
        cloud.endpoints().grpc(),
        cloud.endpoints().http(),
        LaptopSetup.page(cloud.endpoints()),
        cloud.endpoints().http(),
        Laptop.option(state.folder()));
  }
}
