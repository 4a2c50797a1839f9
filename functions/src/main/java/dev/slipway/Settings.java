package dev.slipway;

import dev.slipway.rollout.ServiceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A team's environment as the functions see it, read from environment variables.
 *
 * @param project Google Cloud project id
 * @param region of builds, images and services
 * @param database Firestore database id
 * @param uploadBucket where the team uploads
 * @param sourceBucket where canonical archives and build logs are kept
 * @param repository image repository, {@code HOST/PROJECT/REPOSITORY}
 * @param buildServiceAccount e-mail of the account builds run as; empty for the project's default
 * @param buildPool full name of the private pool builds run in; empty for Cloud Build's own
 * @param runtimeServiceAccount e-mail of the account services run as; empty for the default
 * @param releaseTopic id of the topic that release events are published to
 * @param policy the team's policy as a YAML or JSON document; empty for the default one
 * @param advisories {@code gs://BUCKET/OBJECT} of an advisory database; empty for none
 * @param services what each release of a service brings along, by the service's name
 * @param slack where releases are announced; empty when not by this function
 * @param announced whether some function of the environment announces releases
 * @param consoleUrl base URL of the team's page, without a slash at its end; empty for none
 * @param callers how those who call the console are known
 * @param promotionSource the environment that releases are promoted from into this one; empty for none
 * @param laptop the laptop cloud's addresses; empty on Google Cloud
 */
public record Settings(
    String project,
    String region,
    String database,
    String uploadBucket,
    String sourceBucket,
    String repository,
    Optional<String> buildServiceAccount,
    Optional<String> buildPool,
    Optional<String> runtimeServiceAccount,
    String releaseTopic,
    Optional<String> policy,
    Optional<String> advisories,
    Map<String, ServiceSettings> services,
    Optional<Slack> slack,
    boolean announced,
    Optional<String> consoleUrl,
    Callers callers,
    Optional<PromotionSource> promotionSource,
    Optional<Laptop> laptop) {

  public static final String PROJECT = "SLIPWAY_PROJECT";
  public static final String REGION = "SLIPWAY_REGION";
  public static final String DATABASE = "SLIPWAY_DATABASE";
  public static final String UPLOAD_BUCKET = "SLIPWAY_UPLOAD_BUCKET";
  public static final String SOURCE_BUCKET = "SLIPWAY_SOURCE_BUCKET";
  public static final String REPOSITORY = "SLIPWAY_REPOSITORY";
  public static final String BUILD_SERVICE_ACCOUNT = "SLIPWAY_BUILD_SERVICE_ACCOUNT";
  public static final String BUILD_POOL = "SLIPWAY_BUILD_POOL";
  public static final String RUNTIME_SERVICE_ACCOUNT = "SLIPWAY_RUNTIME_SERVICE_ACCOUNT";
  public static final String RELEASE_TOPIC = "SLIPWAY_RELEASE_TOPIC";
  public static final String POLICY = "SLIPWAY_POLICY";
  public static final String ADVISORIES = "SLIPWAY_ADVISORIES";
  public static final String SERVICES = "SLIPWAY_SERVICES";
  public static final String SLACK = "SLIPWAY_SLACK";
  public static final String SLACK_CHANNEL = "SLIPWAY_SLACK_CHANNEL";
  public static final String SLACK_TOKEN = "SLIPWAY_SLACK_TOKEN";
  public static final String SLACK_API = "SLIPWAY_SLACK_API";
  public static final String SLACK_WEBHOOK = "SLIPWAY_SLACK_WEBHOOK";
  public static final String SLACK_SIGNING_SECRET = "SLIPWAY_SLACK_SIGNING_SECRET";
  public static final String SLACK_ROUTES = "SLIPWAY_SLACK_ROUTES";
  public static final String CONSOLE_URL = "SLIPWAY_CONSOLE_URL";
  public static final String IAP_AUDIENCE = "SLIPWAY_IAP_AUDIENCE";
  public static final String TOKEN_AUDIENCES = "SLIPWAY_TOKEN_AUDIENCES";
  public static final String PROMOTION_SOURCE = "SLIPWAY_PROMOTION_SOURCE";
  public static final String LAPTOP_GRPC = "SLIPWAY_LAPTOP_GRPC";
  public static final String LAPTOP_HTTP = "SLIPWAY_LAPTOP_HTTP";
  public static final String LAPTOP_LOG = "SLIPWAY_LAPTOP_LOG";

  private static final String PREFIX = "SLIPWAY_";

  private static final Set<String> KNOWN =
      Set.of(
          PROJECT,
          REGION,
          DATABASE,
          UPLOAD_BUCKET,
          SOURCE_BUCKET,
          REPOSITORY,
          BUILD_SERVICE_ACCOUNT,
          BUILD_POOL,
          RUNTIME_SERVICE_ACCOUNT,
          RELEASE_TOPIC,
          POLICY,
          ADVISORIES,
          SERVICES,
          SLACK,
          SLACK_CHANNEL,
          SLACK_TOKEN,
          SLACK_API,
          SLACK_WEBHOOK,
          SLACK_SIGNING_SECRET,
          SLACK_ROUTES,
          CONSOLE_URL,
          IAP_AUDIENCE,
          TOKEN_AUDIENCES,
          PROMOTION_SOURCE,
          LAPTOP_GRPC,
          LAPTOP_HTTP,
          LAPTOP_LOG);

  /**
   * Where releases are announced.
   *
   * @param signingSecret what Slack signs clicks with; never printed; empty where nobody answers them
   * @param routes a YAML or JSON document: {@link SlackDocument}
   */
  public record Slack(
      SlackAccess access, Optional<String> signingSecret, Optional<String> routes) {
    @Override
    public String toString() {
      return "Slack[access=" + access + ", routes=" + routes + "]";
    }
  }

  /** How Slack is reached. */
  public sealed interface SlackAccess {

    /**
     * As a bot.
     *
     * @param channel channel id
     * @param token a bot token; never printed
     * @param api base URL of Slack's API, with a slash at its end
     */
    record Bot(String channel, String token, String api) implements SlackAccess {
      @Override
      public String toString() {
        return "Bot[channel=" + channel + ", api=" + api + "]";
      }
    }

    /**
     * Through an incoming webhook, which can post to one channel and nothing else.
     *
     * @param url whoever knows it can post; never printed
     */
    record Webhook(URI url) implements SlackAccess {
      @Override
      public String toString() {
        return "Webhook[]";
      }
    }
  }

  /**
   * Whom the tokens of those who call the console must be made out for.
   *
   * @param iapAudience as Identity-Aware Proxy names the console; empty where it is not before it
   * @param tokenAudiences of Google identity tokens; empty where none are taken
   */
  public record Callers(Optional<String> iapAudience, Set<String> tokenAudiences) {
    public Callers {
      tokenAudiences = Set.copyOf(tokenAudiences);
    }
  }

  /**
   * Addresses of the laptop cloud.
   *
   * @param grpc {@code host:port} of every gRPC API
   * @param http {@code http://host:port} of every HTTP API
   * @param log file the functions write their log lines to; empty where they log as the process does
   */
  public record Laptop(String grpc, String http, Optional<String> log) {}

  /** What reaches the environment that releases are promoted from, as far as clients are made by it. */
  Optional<Settings> upstream() {
    return promotionSource.map(
        from ->
            new Settings(
                from.project(),
                region,
                from.database(),
                uploadBucket,
                sourceBucket,
                from.repository(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                releaseTopic,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                callers,
                Optional.empty(),
                laptop.map(here -> from.laptop().orElse(here))));
  }

  /** Whatever of this no log may hold. */
  List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    slack.ifPresent(
        s -> {
          s.signingSecret().ifPresent(secrets::add);
          switch (s.access()) {
            case SlackAccess.Bot bot -> secrets.add(bot.token());
            case SlackAccess.Webhook webhook -> secrets.add(webhook.url().toString());
          }
        });
    return secrets;
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming every variable that is missing, empty or unknown
   */
  public static Settings from(Map<String, String> environment) {
    Reader reader = new Reader(environment);
    Settings settings =
        new Settings(
            reader.required(PROJECT),
            reader.required(REGION),
            reader.required(DATABASE),
            reader.required(UPLOAD_BUCKET),
            reader.required(SOURCE_BUCKET),
            reader.required(REPOSITORY),
            reader.optional(BUILD_SERVICE_ACCOUNT),
            reader.pool(),
            reader.optional(RUNTIME_SERVICE_ACCOUNT),
            reader.required(RELEASE_TOPIC),
            reader.optional(POLICY),
            reader.advisories(),
            reader.services(),
            reader.slack(),
            reader.announced(),
            reader.url(CONSOLE_URL),
            new Callers(reader.optional(IAP_AUDIENCE), reader.set(TOKEN_AUDIENCES)),
            reader.promotionSource(),
            reader.laptop());
    reader.finish();
    return settings;
  }

  /**
   * Every composite index the functions' queries need, in the form of {@code
   * firestore.indexes.json}: the one list, for the laptop cloud and for whoever provisions.
   */
  public static String firestoreIndexes() {
    try (InputStream in = Settings.class.getResourceAsStream("/firestore.indexes.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read the list of Firestore indexes", e);
    }
  }

  private static final class Reader {

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> environment) {
      this.environment = new TreeMap<>(environment);
    }

    String required(String key) {
      return optional(key)
          .orElseGet(
              () -> {
                problems.add(key + " is not set");
                return "";
              });
    }

    Optional<String> optional(String key) {
      return Optional.ofNullable(environment.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** Values with commas between them. */
    Set<String> set(String key) {
      Set<String> values = new TreeSet<>();
      optional(key).ifPresent(text -> values.addAll(List.of(text.split("\\s*,\\s*"))));
      values.remove("");
      return values;
    }

    Optional<String> pool() {
      Optional<String> pool = optional(BUILD_POOL);
      if (pool.isPresent() && !pool.get().matches("projects/[^/]+/locations/[^/]+/workerPools/[^/]+")) {
        problems.add(
            BUILD_POOL + " must be projects/P/locations/L/workerPools/W, not '" + pool.get() + "'");
      }
      return pool;
    }

    Optional<String> advisories() {
      Optional<String> uri = optional(ADVISORIES);
      if (uri.isPresent() && !uri.get().matches("gs://[^/]+/.+")) {
        problems.add(ADVISORIES + " must be gs://BUCKET/OBJECT, not '" + uri.get() + "'");
      }
      return uri;
    }

    Map<String, ServiceSettings> services() {
      try {
        return optional(SERVICES).map(ServiceDocument::read).orElse(Map.of());
      } catch (IllegalArgumentException e) {
        problems.add(SERVICES + ": " + e.getMessage());
        return Map.of();
      }
    }

    Optional<Slack> slack() {
      Optional<SlackAccess> access = bot().or(this::webhook);
      if (access.isEmpty() && optional(SLACK_ROUTES).isPresent()) {
        problems.add(SLACK_ROUTES + " is set, but neither a bot's token nor a webhook");
      }
      return access.map(
          a -> new Slack(a, optional(SLACK_SIGNING_SECRET), optional(SLACK_ROUTES)));
    }

    /** Who may not read Slack's secrets can still be told that there is a Slack. */
    boolean announced() {
      Optional<String> said = optional(SLACK);
      if (said.isPresent() && !said.get().matches("true|false")) {
        problems.add(SLACK + " must be true or false, not '" + said.get() + "'");
      }
      boolean reached = optional(SLACK_TOKEN).or(() -> optional(SLACK_WEBHOOK)).isPresent();
      if (reached && said.equals(Optional.of("false"))) {
        problems.add(SLACK + " is false, yet there is a bot's token or a webhook");
      }
      return reached || said.equals(Optional.of("true"));
    }

    private Optional<SlackAccess> bot() {
      if (!bothOrNone(SLACK_CHANNEL, SLACK_TOKEN)) {
        return Optional.empty();
      }
      if (optional(SLACK_WEBHOOK).isPresent()) {
        problems.add(SLACK_WEBHOOK + " and " + SLACK_TOKEN + " exclude each other: set one");
      }
      String api = optional(SLACK_API).orElse("https://slack.com/api/");
      return Optional.of(
          new SlackAccess.Bot(required(SLACK_CHANNEL), required(SLACK_TOKEN), api));
    }

    /** A problem with it does not say what it is. */
    private Optional<SlackAccess> webhook() {
      Optional<String> url = optional(SLACK_WEBHOOK);
      if (url.isPresent() && !url.get().matches("https?://[A-Za-z0-9.:-]+/[A-Za-z0-9/_-]+")) {
        problems.add(SLACK_WEBHOOK + " must be the https:// address of an incoming webhook");
        return Optional.empty();
      }
      return url.map(URI::create).map(SlackAccess.Webhook::new);
    }

    Optional<String> url(String key) {
      Optional<String> url = optional(key);
      if (url.isPresent() && !url.get().matches("https?://[^\\s<>|]+")) {
        problems.add(key + " must be an address such as https://HOST/PATH, not '" + url.get() + "'");
      }
      return url.map(text -> text.replaceAll("/+$", ""));
    }

    Optional<PromotionSource> promotionSource() {
      try {
        Optional<PromotionSource> from = optional(PROMOTION_SOURCE).map(PromotionSource::read);
        boolean itself =
            from.isPresent()
                && from.get().laptop().isEmpty()
                && optional(PROJECT).equals(from.map(PromotionSource::project))
                && optional(DATABASE).equals(from.map(PromotionSource::database));
        if (itself) {
          problems.add(PROMOTION_SOURCE + " is this environment itself");
        }
        return from;
      } catch (IllegalArgumentException e) {
        problems.add(PROMOTION_SOURCE + ": " + e.getMessage());
        return Optional.empty();
      }
    }

    Optional<Laptop> laptop() {
      return bothOrNone(LAPTOP_GRPC, LAPTOP_HTTP)
          ? Optional.of(
              new Laptop(required(LAPTOP_GRPC), required(LAPTOP_HTTP), optional(LAPTOP_LOG)))
          : Optional.empty();
    }

    private boolean bothOrNone(String one, String other) {
      if (optional(one).isPresent() != optional(other).isPresent()) {
        problems.add(one + " and " + other + " go together: set both or none");
        return false;
      }
      return optional(one).isPresent();
    }

    void finish() {
      Set<String> unknown = new TreeSet<>(environment.keySet());
      unknown.removeIf(key -> !key.startsWith(PREFIX) || KNOWN.contains(key));
      unknown.forEach(key -> problems.add(key + " is not a setting of Slipway's"));
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
            "Tried to read the settings from the environment but: " + String.join("; ", problems));
      }
    }
  }
}
