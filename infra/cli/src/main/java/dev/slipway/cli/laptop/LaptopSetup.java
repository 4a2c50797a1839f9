package dev.slipway.cli.laptop;

import dev.slipway.BuildFunction;
import dev.slipway.ConsoleFunction;
import dev.slipway.DeployFunction;
import dev.slipway.NotifyFunction;
import dev.slipway.FirestoreIndexes;
import dev.slipway.Settings;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.CloudResources;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.events.Trigger;
import dev.slipway.local.functions.FunctionCode;
import dev.slipway.local.functions.FunctionSpec;
import dev.slipway.local.functions.Signature;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.slack.SlackWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One team's environment on the laptop: the same parts Terraform makes in the cloud. */
public final class LaptopSetup {

  public static final String UPLOADS = "uploads";
  public static final String DATABASE = "slipway";

  private static final String SOURCES = "sources";
  private static final String RELEASE_EVENTS = "release-events";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final String CHANNEL = "releases";
  private static final String TOKEN = "xoxb-laptop";
  private static final String SIGNING_SECRET = "the laptop's Slack signs with this";

  private static final String BUILD = "build";
  private static final String DEPLOY = "deploy";
  private static final String NOTIFY = "notify";
  private static final String CONSOLE = "console";

  /** Steps short enough to watch, judged by the second; everything else is the default policy. */
  public static final String LAPTOP_POLICY =
      "{hold: 5s, watch: 0s, candidateDeadline: 60s,"
          + " gate: {window: 1s, lag: 0s, minRequests: 20, syntheticRequests: 10}}";

  private LaptopSetup() {}

  public static CloudConfig config(Path folder, String policy, Duration tick) {
    return config(folder, policy, tick, Map.of());
  }

  /**
   * The same with more environment variables for the functions.
   *
   * @param more by name, such as {@link Settings#PROMOTION_SOURCE}
   */
  public static CloudConfig config(
      Path folder, String policy, Duration tick, Map<String, String> more) {
    CloudConfig.Time real = CloudConfig.Time.real();
    return new CloudConfig(
            folder,
            resources(),
            endpoints -> functions(endpoints, policy, folder, more),
            new CloudConfig.Time(real.clock(), real.scheduler(), tick),
            CloudConfig.Delivery.laptop())
        .indexed(FirestoreIndexes.json());
  }

  private static CloudResources resources() {
    return new CloudResources(
        List.of(UPLOADS, SOURCES),
        topics(),
        List.of(
            new Trigger("uploads", new Trigger.ObjectFinalized(UPLOADS), BUILD),
            published("builds", DeployFunction.BUILD_TOPIC, DEPLOY),
            published("ticks", DeployFunction.TICK_TOPIC, DEPLOY),
            published("intake", DeployFunction.TICK_TOPIC, BUILD),
            published("commands", DeployFunction.COMMAND_TOPIC, DEPLOY),
            published("announcements", RELEASE_EVENTS, NOTIFY)),
        DeployFunction.TICK_TOPIC,
        DEAD_LETTERS,
        new SlackWorkspace(TOKEN, Set.of(CHANNEL), Set.of())
            .with(
                new SlackWorkspace.App(
                    SIGNING_SECRET, "/functions/" + CONSOLE + "/slack/interactions")));
  }

  /** Every topic of an environment. */
  public static List<String> topics() {
    return List.of(
        DeployFunction.BUILD_TOPIC,
        DeployFunction.TICK_TOPIC,
        DeployFunction.COMMAND_TOPIC,
        RELEASE_EVENTS,
        DEAD_LETTERS);
  }

  private static Trigger published(String name, String topic, String function) {
    return new Trigger(name, new Trigger.MessagePublished(topic), function);
  }

  private static List<FunctionSpec> functions(
      Endpoints endpoints, String policy, Path folder, Map<String, String> more) {
    Map<String, String> environment = environment(endpoints, policy);
    environment.putAll(more);
    environment.put(Settings.LAPTOP_LOG, log(folder).toString());
    return List.of(
        function(BUILD, BuildFunction.class, environment),
        function(DEPLOY, DeployFunction.class, environment),
        function(NOTIFY, NotifyFunction.class, environment),
        new FunctionSpec(
            CONSOLE,
            ConsoleFunction.class.getName(),
            Signature.HTTP,
            FunctionCode.slipway(ConsoleFunction.class),
            environment));
  }

  /** The functions' log, a line of JSON a record; the part before the last 8 MB ends in {@code .1}. */
  public static Path log(Path folder) {
    return LaptopCloud.functionLog(folder);
  }

  private static FunctionSpec function(
      String name, Class<?> type, Map<String, String> environment) {
    return new FunctionSpec(
        name, type.getName(), Signature.CLOUD_EVENT, FunctionCode.slipway(type), environment);
  }

  /** Where the page of this cloud is, with a slash at its end. */
  public static String page(Endpoints endpoints) {
    return endpoints.http() + "/functions/" + CONSOLE + "/";
  }

  /**
   * The value of {@link Settings#PROMOTION_SOURCE} for another laptop cloud, in JSON.
   *
   * @param name what promotions call it
   */
  public static String promotionSource(String name, Endpoints of) {
    Map<String, String> environment = environment(of, "{}");
    return "{name: %s, project: %s, database: %s, repository: '%s', page: '%s', laptop: {grpc: '%s', http: '%s'}}"
        .formatted(
            name,
            LaptopCloud.PROJECT,
            DATABASE,
            environment.get(Settings.REPOSITORY),
            environment.get(Settings.CONSOLE_URL),
            of.grpc(),
            of.http());
  }

  /** The environment variables Terraform sets on the functions, for this cloud. */
  public static Map<String, String> environment(Endpoints endpoints, String policy) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put(Settings.PROJECT, LaptopCloud.PROJECT);
    environment.put(Settings.REGION, LaptopCloud.REGION);
    environment.put(Settings.DATABASE, DATABASE);
    environment.put(Settings.UPLOAD_BUCKET, UPLOADS);
    environment.put(Settings.SOURCE_BUCKET, SOURCES);
    environment.put(
        Settings.REPOSITORY,
        "127.0.0.1:%d/%s/images".formatted(endpoints.httpPort(), LaptopCloud.PROJECT));
    environment.put(Settings.RELEASE_TOPIC, RELEASE_EVENTS);
    environment.put(Settings.POLICY, policy);
    environment.put(Settings.SLACK_CHANNEL, SlackWorkspace.channelId(CHANNEL));
    environment.put(Settings.SLACK_TOKEN, TOKEN);
    environment.put(Settings.SLACK_API, endpoints.http() + "/slack/api/");
    environment.put(Settings.SLACK_SIGNING_SECRET, SIGNING_SECRET);
    environment.put(Settings.CONSOLE_URL, endpoints.http() + "/functions/" + CONSOLE);
    environment.put(Settings.LAPTOP_GRPC, endpoints.grpc());
    environment.put(Settings.LAPTOP_HTTP, endpoints.http());
    return environment;
  }
}
