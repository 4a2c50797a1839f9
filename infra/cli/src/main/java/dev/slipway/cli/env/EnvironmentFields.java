package dev.slipway.cli.env;

import dev.slipway.release.Fields;
import dev.slipway.release.ServiceName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one environment of a team's file. Its keys are those of the module's variable. */
final class EnvironmentFields {

  /** Open to everyone, since Slack has no identity of Google's. */
  private static final String SLACK_FUNCTION = "slipway-slack";

  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{4,28}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+[0-9]{1,2}");
  private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9-]{2,61}[a-z0-9]");
  private static final Pattern ADVISORIES = Pattern.compile("[\\w.-]+\\.(zip|tar\\.gz)");
  static final Pattern VERSION = Pattern.compile("[1-9][0-9]*");
  private static final Pattern MEMBER =
      Pattern.compile("(user|group|serviceAccount):[^@\\s]+@[^@\\s]+|domain:[^@\\s]+");
  private static final Pattern KEY =
      Pattern.compile("projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+");

  private final Fields fields;
  private final Map<?, ?> values;
  private final Set<String> members = new LinkedHashSet<>();
  private final Set<String> open = new LinkedHashSet<>();

  private EnvironmentFields(Fields fields, Map<?, ?> values) {
    this.fields = fields;
    this.values = values;
  }

  static Team.Environment read(Fields fields, Map<?, ?> values) {
    return new EnvironmentFields(fields, values).read();
  }

  private Team.Environment read() {
    fields.require("project").require("number").require("region");
    String project = text(fields, "project", PROJECT, "a project id");
    String number =
        text(fields, "number", Pattern.compile("[0-9]{6,15}"), "the project's number, in quotes");
    String region = text(fields, "region", REGION, "a region such as europe-west1");
    text(fields, "database", DATABASE, "4 to 63 of a-z, 0-9 and -");
    List.of("uploaders", "operators", "viewers", "promoters").forEach(k -> members(fields, k));
    var from = fields.text("promote_from");
    if (fields.has("promoters") != from.isPresent()) {
      fields.reject("promoters", "promoters and promote_from go together: set both or none");
    }
    text(fields, "advisories", ADVISORIES, "a .zip or .tar.gz below advisories/ in the source bucket");
    fields.table("console").ifPresent(EnvironmentFields::console);
    fields.table("slack").ifPresent(slack -> new SlackFields(slack, table(values, "slack")).read());
    if (table(values, "slack").containsKey("signing_version")) {
      open.add(SLACK_FUNCTION);
    }
    services();
    if (!fields.flag("allow_public").orElse(true)) {
      closed();
    }
    fields.table("retention").ifPresent(EnvironmentFields::retention);
    fields.table("alerts").ifPresent(EnvironmentFields::alerts);
    fields.table("budget").ifPresent(EnvironmentFields::budget);
    text(fields, "kms_key", KEY, "projects/P/locations/L/keyRings/R/cryptoKeys/K");
    text(fields, "build_pool", pool(region), "projects/P/locations/L/workerPools/W, in the environment's region");
    fields.table("vpc").ifPresent(EnvironmentFields::vpc);
    var unused = fields.flag("protect");
    return new Team.Environment(project, number, region, members, open, from);
  }

  /** A pool's machines are in its region, and a build is submitted to the environment's. */
  private static Pattern pool(String region) {
    return Pattern.compile("projects/[^/]+/locations/" + Pattern.quote(region) + "/workerPools/[^/]+");
  }

  /** Where an organisation forbids it nothing is open to everyone; Slack's function is left out. */
  private void closed() {
    open.remove(SLACK_FUNCTION);
    open.forEach(
        name ->
            fields.reject(
                "services." + name + ".public", "allow_public: false opens nothing to everyone"));
    open.clear();
  }

  private void services() {
    var services = fields.table("services");
    if (services.isEmpty() || !(values.get("services") instanceof Map<?, ?> names)) {
      return;
    }
    for (Object key : names.keySet()) {
      String name = String.valueOf(key);
      if (!ServiceName.isLegal(name) || name.startsWith("slipway-")) {
        services.get().reject(name, "it cannot name a service of a team's");
      }
      services.get().table(name).ifPresent(service -> service(name, service));
    }
  }

  private void service(String name, Fields service) {
    if (service.flag("public").orElse(false)) {
      open.add(name);
    }
    members(service, "invokers");
    text(service, "ingress", Pattern.compile("all|internal|balanced"), "all, internal or balanced");
    text(service, "cpu", Pattern.compile("[1-8]|[1-9][0-9]{1,3}m"), "a number of CPUs in quotes");
    text(service, "memory", Pattern.compile("[1-9][0-9]*(Mi|Gi)"), "a size such as 512Mi");
    integer(service, "concurrency", 1, 1000);
    integer(service, "timeout_seconds", 1, 3600);
    integer(service, "min_instances", 0, 1000);
    integer(service, "max_instances", 1, 1000);
    var unused = service.textsByName("env");
    service.table("secrets").ifPresent(secrets -> secrets(name, secrets));
  }

  /** The table of that name; empty where there is none. */
  private static Map<?, ?> table(Map<?, ?> in, String key) {
    return in.get(key) instanceof Map<?, ?> table ? table : Map.of();
  }

  private void secrets(String service, Fields secrets) {
    Map<?, ?> own = table(table(table(values, "services"), service), "secrets");
    for (Object key : own.keySet()) {
      secrets
          .table(String.valueOf(key))
          .ifPresent(
              secret -> {
                secret.require("secret").require("version");
                text(secret, "secret", Pattern.compile("[\\w-]{1,255}"), "a secret's id");
                text(secret, "version", VERSION, "a version's number in quotes, so that a change is seen");
              });
    }
  }

  private static void console(Fields console) {
    text(console, "url", Pattern.compile("https://[^\\s/<>|]+(/[^\\s<>|]*)?"), "an https:// address");
    text(console, "sign_in", Pattern.compile("tokens|iap"), "tokens or iap");
    for (String audience : console.texts("audiences")) {
      if (!audience.matches("[^\\s,]+")) {
        console.reject("audiences", "'" + audience + "' is no audience: neither blanks nor commas");
      }
    }
    integer(console, "min_instances", 0, 10);
  }

  private static void retention(Fields retention) {
    integer(retention, "uploads_days", 3, 3650);
    integer(retention, "sources_days", 0, 3650);
    integer(retention, "build_logs_days", 1, 3650);
    integer(retention, "images_keep", 5, 1000);
    integer(retention, "images_days", 1, 3650);
  }

  private static void alerts(Fields alerts) {
    integer(alerts, "stuck_minutes", 5, 1380);
    integer(alerts, "silent_minutes", 3, 1380);
  }

  private static void budget(Fields budget) {
    budget.require("billing_account").require("monthly");
    text(budget, "billing_account", Pattern.compile("([0-9A-F]{6}-){2}[0-9A-F]{6}"), "a billing account's id");
    text(budget, "currency", Pattern.compile("[A-Z]{3}"), "a currency's code");
    integer(budget, "monthly", 1, 1_000_000_000);
  }

  private static void vpc(Fields vpc) {
    vpc.require("connector");
    text(vpc, "connector", Pattern.compile("projects/[^/]+/locations/[^/]+/connectors/[^/]+"), "projects/P/locations/L/connectors/C");
    text(vpc, "egress", Pattern.compile("PRIVATE_RANGES_ONLY|ALL_TRAFFIC"), "PRIVATE_RANGES_ONLY or ALL_TRAFFIC");
  }

  private void members(Fields table, String key) {
    for (String member : table.texts(key)) {
      if (MEMBER.matcher(member).matches()) {
        members.add(member);
      } else {
        table.reject(key, "'%s' is not user:, group: or serviceAccount: and an address".formatted(member));
      }
    }
  }

  static String text(Fields table, String key, Pattern form, String words) {
    return table.text(key, value -> form.matcher(value).matches(), words).orElse("");
  }

  static void integer(Fields table, String key, long min, long max) {
    var unused = table.integer(key, min, max);
  }
}
