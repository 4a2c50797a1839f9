package dev.slipway.cli.simulate;

import com.google.gson.GsonBuilder;
import com.google.common.util.concurrent.Futures;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Simulations of many seeds, and the figures of all together. */
public final class Campaign {

  private final List<Simulation.Outcome> violated = new ArrayList<>();
  private final List<Integer> ticks = new ArrayList<>();
  private final Tally tally = new Tally();
  private final long seeds;

  private Campaign(long seeds) {
    this.seeds = seeds;
  }

  /**
   * Runs a seed and tells its story.
   *
   * @return whether every invariant held
   */
  public static boolean tell(long seed, Consumer<String> reader) {
    return Simulation.of(seed, Weakness.NONE, reader).violation().isEmpty();
  }

  /** Runs {@code seeds} seeds from {@code first} on, as many at once as there are processors. */
  public static Campaign run(long first, long seeds) {
    return run(first, seeds, List.of());
  }

  /** The same in several regions, the environment's own first. */
  static Campaign run(long first, long seeds, List<String> regions) {
    Campaign campaign = new Campaign(seeds);
    // On virtual threads, as the workers are: handing a turn over costs no switch between real ones.
    int atOnce = Runtime.getRuntime().availableProcessors();
    try (ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor()) {
      Queue<Future<Simulation.Outcome>> running = new ArrayDeque<>();
      for (long seed = first; seed < first + seeds; seed++) {
        long next = seed;
        running.add(runs.submit(() -> Simulation.of(next, Weakness.NONE, regions, null)));
        if (running.size() == atOnce) {
          campaign.add(Futures.getUnchecked(running.remove()));
        }
      }
      running.forEach(outcome -> campaign.add(Futures.getUnchecked(outcome)));
    }
    campaign.ticks.sort(null);
    return campaign;
  }

  /** The first seed that shows a weakness; empty when none up to {@code most} does. */
  static OptionalLong shows(Weakness weakness, long most) {
    try (ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor()) {
      return Futures.getUnchecked(
          runs.submit(
              () ->
                  LongStream.rangeClosed(1, most)
                      .filter(seed -> Simulation.of(seed, weakness, null).violation().isPresent())
                      .findFirst()));
    }
  }

  private void add(Simulation.Outcome outcome) {
    tally.addAll(outcome.tally());
    if (outcome.violation().isPresent()) {
      violated.add(outcome);
    } else {
      ticks.add(outcome.ticks());
    }
  }

  public boolean isClean() {
    return violated.isEmpty();
  }

  /** The figures, a line each, and for each seed that failed the command that tells its story. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("seeds", seeds));
    lines.add(row("uploads", tally.of("uploads")));
    lines.add(row("releases, tries again included", tally.of("releases")));
    lines.add(row("invocations of the functions", tally.of("invocations")));
    lines.add(row("messages doubled", tally.of("messages doubled")));
    lines.add(row("messages lost", tally.of("messages lost")));
    lines.add(row("messages late or out of order", tally.of("messages late")));
    lines.add(row("ticks lost", tally.of("ticks lost")));
    lines.add(row("commits a rival was first for", tally.of("commits aborted by rivals")));
    lines.add(row("clock jumps of an hour", tally.of("clock jumps")));
    lines.add(row("outages of Monitoring", tally.of("outages of Monitoring")));
    lines.add(row("commands by people", tally.of("commands")));
    lines.add(row("changes of the service by hand", tally.of("edits by hand")));
    lines.add(row("live releases rolled back at the end", tally.of("rollbacks at the end")));
    lines.add("");
    lines.addAll(boundaries());
    lines.add("");
    lines.add(row("ledger events written", tally.of("entries")));
    lines.add(row("ledger commits written", tally.of("commits")));
    lines.add("%-36s %.1f".formatted("ledger commits a release", perRelease("commits")));
    lines.add(row("posted in Slack", tally.of("posts")));
    lines.add("");
    lines.add(row("releases lost (I2)", violations("I2")));
    lines.add(row("built or deployed twice (I1)", violations("I1")));
    lines.add(row("ledger regressions (I3)", violations("I3")));
    lines.add(row("wrong traffic (I4, I5, I6)", violations("I4", "I5", "I6")));
    lines.add(row("posted twice or never (I7)", violations("I7")));
    lines.add(row("against the gate's verdict", violations("gate")));
    lines.add(row("seeds that violated an invariant", violated.size()));
    lines.add(
        "%-36s %s".formatted("ticks until all rests", ticks.isEmpty() ? "-" : spread()));
    for (Simulation.Outcome outcome : violated) {
      lines.add("");
      lines.add("seed %d: %s".formatted(outcome.seed(), outcome.violation().orElse("")));
      lines.add("  its story: slipway simulate --seed " + outcome.seed());
    }
    return lines;
  }

  /** A table: at which boundary which fault was met how often. */
  private List<String> boundaries() {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("%-20s".formatted("faults met at"));
    for (Turmoil.Fate fate : Turmoil.Fate.values()) {
      head.append(fate == Turmoil.Fate.NONE ? "" : "%20s".formatted(fate));
    }
    lines.add(head.toString());
    for (String effect : tally.named("effect ")) {
      StringBuilder line = new StringBuilder("%-20s".formatted(effect));
      for (Turmoil.Fate fate : Turmoil.Fate.values()) {
        long met = tally.of("fault %s at %s".formatted(fate, effect));
        line.append(fate == Turmoil.Fate.NONE ? "" : "%20s".formatted("%,d".formatted(met)));
      }
      lines.add(line.toString());
    }
    lines.add(row("readings refused", readingsRefused()));
    return lines;
  }

  private long readingsRefused() {
    long atEffects =
        tally.named("effect ").stream()
            .mapToLong(effect -> tally.of("fault REFUSED at " + effect))
            .sum();
    return tally.allOf("fault REFUSED") - atEffects;
  }

  private double perRelease(String what) {
    return (double) tally.of(what) / Math.max(1, tally.of("releases"));
  }

  /** Seeds whose violation is one of these. */
  private long violations(String... invariants) {
    return violated.stream()
        .map(outcome -> outcome.violation().orElse(""))
        .filter(why -> Arrays.stream(invariants).anyMatch(i -> why.startsWith(i + ":")))
        .count();
  }

  /** Ledger commits that were written, and the events they wrote. */
  boolean commitsAtMostOncePerEvent() {
    return tally.of("commits") > 0 && tally.of("commits") <= tally.of("entries");
  }

  private static String row(String name, long value) {
    return "%-36s %,d".formatted(name, value);
  }

  private String spread() {
    return "median %d, of a hundred 99 within %d, at most %d"
        .formatted(at(0.5), at(0.99), ticks.getLast());
  }

  private int at(double share) {
    return ticks.get((int) Math.min(ticks.size() - 1.0, share * ticks.size()));
  }

  /** The same as one JSON document, every count by its name. */
  public String json() {
    JsonObject root = new JsonObject();
    root.addProperty("seeds", seeds);
    root.addProperty("violated", violated.size());
    root.addProperty("releasesLost", violations("I2"));
    root.addProperty("doubleBuildsOrDeploys", violations("I1"));
    root.addProperty("ledgerRegressions", violations("I3"));
    root.addProperty("postedTwiceOrNever", violations("I7"));
    root.addProperty("ledgerCommitsPerRelease", perRelease("commits"));
    JsonObject failed = new JsonObject();
    violated.forEach(o -> failed.addProperty(Long.toString(o.seed()), o.violation().orElse("")));
    root.add("violations", failed);
    if (!ticks.isEmpty()) {
      root.addProperty("ticksMedian", at(0.5));
      root.addProperty("ticksP99", at(0.99));
      root.addProperty("ticksMax", ticks.getLast());
    }
    JsonObject counts = new JsonObject();
    tally.counts().forEach(counts::addProperty);
    root.add("counts", counts);
    return new GsonBuilder().setPrettyPrinting().create().toJson(root);
  }
}
