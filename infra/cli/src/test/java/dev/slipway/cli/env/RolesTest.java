package dev.slipway.cli.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/environments.md, which call needs which role, is what is granted: no call
 * without its role, no role without a call.
 */
final class RolesTest {

  private static final Path ROOT = Path.of(System.getProperty("slipway.root"));
  private static final Pattern MADE = Pattern.compile("new ([A-Z]\\w+)\\(\\s*(?:clients|registry|there|http)\\b");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern ACCOUNT =
      Pattern.compile("serviceAccount:slipway-([a-z]+)@([a-z-]+)\\.iam\\.gserviceaccount\\.com");
  private static final Pattern FOLDER = Pattern.compile("/objects/([a-z-]+/)");

  /** {@code ACCOUNT ROLE ON}, to the folders it is narrowed to. */
  private static final Map<String, Set<String>> GRANTED = granted();

  private record Row(List<String> callers, List<String> accounts, String role, List<String> on) {
    static Row of(String line) {
      String[] cells = line.split("\\|", -1);
      return new Row(names(cells[1]), names(cells[3]), names(cells[4]).getFirst(), names(cells[5]));
    }
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(m -> m.group(1)).toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String ports(String of) {
    return read("functions/src/main/java/dev/slipway/" + of + "Ports.java");
  }

  private static List<Row> table() {
    String text = read("docs/environments.md");
    String section = text.substring(text.indexOf("### Which call needs which role"));
    return section
        .lines()
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .filter(line -> line.startsWith("| `"))
        .map(Row::of)
        .toList();
  }

  private static Map<String, Set<String>> tabled() {
    Map<String, Set<String>> tabled = new TreeMap<>();
    for (Row row : table()) {
      for (String account : row.accounts()) {
        String key = account + " roles/" + row.role() + " " + row.on().getFirst();
        tabled
            .computeIfAbsent(key, k -> new TreeSet<>())
            .addAll(row.on().subList(1, row.on().size()));
      }
    }
    return tabled;
  }

  private static Map<String, Set<String>> granted() {
    Map<String, Set<String>> granted = new TreeMap<>();
    for (String environment : List.of("payments-prod", "payments-staging", "example-prod")) {
      String inventory = new Goldens(ROOT).of(environment).orElseThrow();
      Inventory.parse(environment, inventory).forEach(resource -> add(granted, resource));
    }
    return granted;
  }

  private static void add(Map<String, Set<String>> granted, Plan.Resource resource) {
    Grant.of(resource)
        .ifPresent(
            grant ->
                ACCOUNT
                    .matcher(grant.member())
                    .results()
                    .forEach(
                        who -> {
                          String key =
                              "%s %s %s"
                                  .formatted(
                                      who.group(1), named(grant.role()), place(grant, who.group(2)));
                          granted
                              .computeIfAbsent(key, k -> new TreeSet<>())
                              .addAll(folders(resource));
                        }));
  }

  /** A role of the project's own is called as Google's are. */
  private static String named(String role) {
    return role.replaceFirst("^projects/[^/]+/", "");
  }

  private static String place(Grant grant, String home) {
    String on =
        switch (grant.scope()) {
          case "project" -> grant.conditioned() && grant.role().contains("datastore") ? "ledger" : "project";
          case "storage_bucket" -> grant.on().substring(grant.on().lastIndexOf('-') + 1);
          case "service_account" -> grant.on().replaceAll(".*/slipway-([a-z]+)@.*", "$1");
          default -> grant.on();
        };
    return grant.isWithin(home) ? on : "before:" + on;
  }

  private static Set<String> folders(Plan.Resource resource) {
    return FOLDER
        .matcher(resource.values().toString())
        .results()
        .map((MatchResult m) -> m.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void whatIsGrantedIsWhatTheTableSaysIsNeeded() {
    assertThat(tabled()).isEqualTo(GRANTED);
  }

  @Test
  void everyAdapterOfTheFunctionsIsInTheTable() {
    Set<String> adapters =
        MADE
            .matcher(ports("Google") + ports("Build") + ports("Run") + ports("Slack"))
            .results()
            .map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    adapters.removeAll(Set.of("Registry", "StoredAdvisories"));
    adapters.addAll(Set.of("HttpSmoke", "PubSubDoor", "StoredAdvisories", "WebhookAnnouncer"));

    Set<String> callers =
        table().stream().flatMap(row -> row.callers().stream()).collect(Collectors.toSet());
    assertThat(adapters).hasSizeGreaterThan(20);
    assertThat(callers).containsAll(adapters);
  }

  @Test
  void everyClassOfTheTableIsThere() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("functions/src/main/java"))) {
      Set<String> classes =
          files
              .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
              .collect(Collectors.toSet());
      assertThat(classes)
          .containsAll(
              table().stream()
                  .flatMap(row -> row.callers().stream())
                  .filter(name -> Character.isUpperCase(name.charAt(0)))
                  .toList());
    }
  }

  @Test
  void everyAccountIsInTheTableOrHasNothing() {
    Set<String> accounts =
        GRANTED.keySet().stream().map(key -> key.substring(0, key.indexOf(' '))).collect(Collectors.toSet());

    assertThat(accounts)
        .containsAll(
            Arrays.asList("ingest", "build", "deploy", "notify", "slack", "console", "runtime", "triggers", "packaging"));
  }
}
