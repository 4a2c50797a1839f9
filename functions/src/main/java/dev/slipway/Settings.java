package dev.slipway;

import dev.slipway.rollout.ServiceSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    Optional<SlackSettings> slack,
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
    return slack.map(SlackSettings::secrets).orElse(List.of());
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming every variable that is missing, empty or unknown
   */
  public static Settings from(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    Settings settings =
        new Settings(
            variables.required(PROJECT),
            variables.required(REGION),
            variables.required(DATABASE),
            variables.required(UPLOAD_BUCKET),
            variables.required(SOURCE_BUCKET),
            variables.required(REPOSITORY),
            variables.optional(BUILD_SERVICE_ACCOUNT),
            variables.matching(
                BUILD_POOL,
                "projects/[^/]+/locations/[^/]+/workerPools/[^/]+",
                "projects/P/locations/L/workerPools/W"),
            variables.optional(RUNTIME_SERVICE_ACCOUNT),
            variables.required(RELEASE_TOPIC),
            variables.optional(POLICY),
            variables.matching(ADVISORIES, "gs://[^/]+/.+", "gs://BUCKET/OBJECT"),
            variables.document(SERVICES, ServiceDocument::read).orElse(Map.of()),
            SlackSettings.read(variables),
            SlackSettings.announced(variables),
            variables.url(CONSOLE_URL),
            new Callers(variables.optional(IAP_AUDIENCE), variables.set(TOKEN_AUDIENCES)),
            promotionSource(variables),
            laptop(variables));
    variables.finish(PREFIX, KNOWN);
    return settings;
  }

  private static Optional<PromotionSource> promotionSource(Variables variables) {
    Optional<PromotionSource> from =
        variables.document(PROMOTION_SOURCE, PromotionSource::read);
    boolean itself =
        from.isPresent()
            && from.get().laptop().isEmpty()
            && variables.optional(PROJECT).equals(from.map(PromotionSource::project))
            && variables.optional(DATABASE).equals(from.map(PromotionSource::database));
    if (itself) {
      variables.problem(PROMOTION_SOURCE + " is this environment itself");
    }
    return from;
  }

  private static Optional<Laptop> laptop(Variables variables) {
    return variables.bothOrNone(LAPTOP_GRPC, LAPTOP_HTTP)
        ? Optional.of(
            new Laptop(
                variables.required(LAPTOP_GRPC),
                variables.required(LAPTOP_HTTP),
                variables.optional(LAPTOP_LOG)))
        : Optional.empty();
  }
}
