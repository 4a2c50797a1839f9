package dev.slipway.cli.simulate;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    Campaign campaign = new Campaign(seeds);
    LongStream.range(first, first + seeds)
        .parallel()
        .mapToObj(seed -> Simulation.of(seed, Weakness.NONE, null))
        .forEachOrdered(campaign::add);
    campaign.ticks.sort(null);
    return campaign;
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
    for (String fault :
        List.of("CRASH_BEFORE", "CRASH_AFTER", "DONE_BUT_TIMED_OUT", "REFUSED", "STALL")) {
      lines.add(row("faults: " + fault, tally.allOf("fault " + fault)));
    }
    lines.add(row("commits a rival was first for", tally.of("commits aborted by rivals")));
    lines.add(row("clock jumps of an hour", tally.of("clock jumps")));
    lines.add(row("commands by people", tally.of("commands")));
    lines.add(row("changes of the service by hand", tally.of("edits by hand")));
    lines.add(row("ledger commits asked for", tally.of("effect commit")));
    lines.add(row("ledger events written", tally.of("entries")));
    lines.add(row("invariants violated", violated.size()));
    lines.add(
        "%-36s %s".formatted("ticks until all rests", ticks.isEmpty() ? "-" : spread()));
    for (Simulation.Outcome outcome : violated) {
      lines.add("");
      lines.add("seed %d: %s".formatted(outcome.seed(), outcome.violation().orElse("")));
      lines.add("  its story: slipway simulate --seed " + outcome.seed());
    }
    return lines;
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
