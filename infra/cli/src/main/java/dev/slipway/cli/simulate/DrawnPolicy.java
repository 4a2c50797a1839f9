package dev.slipway.cli.simulate;

import dev.slipway.PolicyDocument;
import dev.slipway.release.Policy;
import java.time.Duration;
import java.util.List;

/** The policy a seed draws for its team. */
final class DrawnPolicy {

  /** So short that within a story revisions and images are thrown away: in every other one. */
  private static final String CLEANUP = "cleanup: {keepRevisions: 1, keepFor: 5m}";

  private final long seed;
  private final List<String> regions;
  private final Story story;

  /** The policy, but for its regions. */
  private final String rules;

  DrawnPolicy(long seed, List<String> regions, Luck luck, Story story) {
    this.seed = seed;
    this.regions = regions;
    this.story = story;
    String approval =
        luck.chance(150)
            ? "\napproval: {approvers: [alice, bob], quorum: %d}".formatted(1 + luck.below(2))
            : "";
    rules =
        "contest: %s\nsteps: %s\nhold: %ds\nwatch: %ds\n%s%s"
            .formatted(
                luck.chance(500) ? "queue" : "supersede",
                luck.chance(500) ? "[10, 50, 100]" : "[25, 100]",
                60 + luck.below(400),
                luck.chance(500) ? 0 : luck.below(900),
                seed % 2 == 0 ? CLEANUP : "",
                approval);
  }

  /** What the team begins with. */
  Policy first() {
    return PolicyDocument.read(in(grows() ? regions.subList(0, 1 + (int) (seed % 2)) : regions));
  }

  /** Whether the team has further regions only after a while. */
  boolean grows() {
    return regions.size() > 2 && seed % 3 == 0;
  }

  /** After how long. */
  Duration growsAfter() {
    return Duration.ofMinutes(15 + seed % 60);
  }

  /** What it has then, as a team writes it. */
  String grown() {
    return in(regions);
  }

  private String in(List<String> several) {
    String yaml = rules + "\nregions: " + several;
    story.tell(() -> "policy: " + yaml.replace("\n", ", "));
    return yaml;
  }
}
