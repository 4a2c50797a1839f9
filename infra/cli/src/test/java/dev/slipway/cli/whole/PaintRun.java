package dev.slipway.cli.whole;

import com.google.gson.JsonObject;
import dev.slipway.cli.browser.Browser;
import dev.slipway.cli.browser.Page;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.CloudConfig;
import dev.slipway.local.functions.FunctionCode;
import dev.slipway.local.functions.FunctionSpec;
import dev.slipway.local.functions.Signature;
import dev.slipway.release.Release;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures how soon the page is painted in Chromium, beside a blank page of the same server: prints
 * the table of docs/benchmarks.md. Run by docs/measure-page.
 */
public final class PaintRun {

  private static final String BLANK = "blank";

  /** What is not to count: code is compiled as it is used, in the server and in the browser. */
  private static final int REHEARSALS = 4;

  private static final Duration LONG_ENOUGH = Duration.ofMillis(400);

  private static final String ENTRIES =
      """
      (() => {
        const visit = performance.getEntriesByType('navigation')[0];
        const all = performance.getEntriesByType('resource').concat(visit);
        const at = (name) => performance.getEntriesByName(name)[0].startTime;
        return {
          first: visit.responseStart, answered: visit.responseEnd,
          painted: at('first-contentful-paint'),
          sent: all.reduce((sum, e) => sum + e.transferSize, 0),
        };
      })()
      """;

  private final Browser browser;

  private PaintRun(Browser browser) {
    this.browser = browser;
  }

  /** Visits of one page, as the browser measured them. */
  private record Visits(List<JsonObject> all) {

    double median(String of) {
      List<Double> sorted = all.stream().map(v -> v.get(of).getAsDouble()).sorted().toList();
      return sorted.get(sorted.size() / 2);
    }

    double least(String of) {
      return all.stream().mapToDouble(v -> v.get(of).getAsDouble()).min().orElseThrow();
    }
  }

  /** Measures. Arguments: how many visits of each page, 15 if not said. */
  public static void main(String[] arguments) throws IOException {
    int visits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    Path scratch = Files.createTempDirectory("slipway-paint");
    try (TestCloud cloud =
            TestCloud.start(
                Files.createDirectory(scratch.resolve("cloud")),
                Duration.ofMillis(300),
                PaintRun::withBlank);
        Browser browser = Browser.start(Files.createDirectory(scratch.resolve("profile")))) {
      new PaintRun(browser).measure(addresses(cloud, scratch), visits);
    } finally {
      delete(scratch);
    }
  }

  private static CloudConfig withBlank(CloudConfig config) {
    return new CloudConfig(
        config.folder(),
        config.resources(),
        endpoints ->
            Stream.concat(config.functions().apply(endpoints).stream(), Stream.of(blank())).toList(),
        config.time(),
        config.delivery(),
        config.engine(),
        config.ports(),
        config.indexes());
  }

  private static FunctionSpec blank() {
    return new FunctionSpec(
        BLANK,
        Blank.class.getName(),
        Signature.HTTP,
        new FunctionCode.OnClassPath(
            FunctionCode.whereabouts(Blank.class), List.of(Blank.class.getName()), List.of()),
        Map.of());
  }

  private static Map<String, String> addresses(TestCloud cloud, Path work) {
    cloud.released(TestCrate.named("painted"), work);
    Release live = cloud.released(TestCrate.named("painted").version("2.0.0"), work);
    cloud.released(TestCrate.named("other"), work);
    String page = LaptopSetup.page(cloud.cloud().endpoints());
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("blank", cloud.cloud().endpoints().http() + "/functions/" + BLANK + "/");
    addresses.put("overview", page);
    addresses.put("release", page + "releases/" + live.id());
    addresses.put("service", page + "services/painted");
    addresses.put("releases", page + "releases");
    addresses.put("delivery", page + "delivery");
    return addresses;
  }

  /** Pages take turns, so that what else the machine does touches all alike. */
  private void measure(Map<String, String> addresses, int visits) {
    Map<String, List<JsonObject>> cold = new LinkedHashMap<>();
    Map<String, List<JsonObject>> warm = new LinkedHashMap<>();
    for (int i = -REHEARSALS; i < visits; i++) {
      for (Map.Entry<String, String> page : addresses.entrySet()) {
        try (Browser.Visitor visitor = browser.visitor()) {
          JsonObject first = visit(visitor, page.getValue());
          JsonObject again = visit(visitor, page.getValue());
          if (i >= 0) {
            cold.computeIfAbsent(page.getKey(), key -> new ArrayList<>()).add(first);
            warm.computeIfAbsent(page.getKey(), key -> new ArrayList<>()).add(again);
          }
        }
      }
    }
    System.out.printf(
        "Medians of %d visits; milliseconds from the visit's begin, and of the processor time of the"
            + " page's own thread; %d processors, load %.1f.%n%n",
        visits,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.println(
        "| page | visit | answer begins | answer there | first paint | best | processor | bytes |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|--:|");
    for (String page : addresses.keySet()) {
      row(page, "first", new Visits(cold.getOrDefault(page, List.of())));
      row(page, "again", new Visits(warm.getOrDefault(page, List.of())));
    }
  }

  private static void row(String page, String which, Visits visits) {
    System.out.printf(
        "| %s | %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
        page,
        which,
        visits.median("first"),
        visits.median("answered"),
        visits.median("painted"),
        visits.least("painted"),
        visits.median("processor"),
        visits.median("sent"));
  }

  /** Nobody asks the page anything before it is painted: an answer is work, too. */
  private JsonObject visit(Browser.Visitor visitor, String address) {
    try (Page page = visitor.tab()) {
      page.countProcessorTime();
      browser.awaitRest();
      page.leave(address);
      LockSupport.parkNanos(LONG_ENOUGH.toNanos());
      page.loaded();
      Await.until(
          "a first paint",
          () -> page.truth("performance.getEntriesByName('first-contentful-paint').length"));
      JsonObject visit = page.value(ENTRIES).getAsJsonObject();
      visit.addProperty("processor", page.processorMillis());
      return visit;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
