package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds an image against the team's policy, before it may take the service's slot. */
final class Gate {

  /** So many advisories are told one by one. */
  private static final int MAX_TOLD = 10;

  private Gate() {}

  /**
   * What the policy says.
   *
   * @param blocking reasons to reject the release
   * @param warnings what to tell while it goes on
   */
  record Judgement(List<Finding> blocking, List<Finding> warnings) {
    Judgement {
      blocking = List.copyOf(blocking);
      warnings = List.copyOf(warnings);
    }
  }

  static Judgement of(Situation s) {
    List<Finding> blocking = new ArrayList<>();
    List<Finding> warnings = new ArrayList<>();
    Budget budget = s.policy().budget();
    List<Finding> over =
        s.release().image().map(image -> budget.over(image, s.otherLive())).orElse(List.of());
    switch (budget.action()) {
      case IGNORE -> {}
      case WARN -> warnings.addAll(over);
      case BLOCK -> blocking.addAll(over);
    }
    advisories(s, blocking, warnings);
    return new Judgement(blocking, warnings);
  }

  /**
   * Blocking a release over a fault that serves already would keep the fault in service, and the
   * release that mends another one out: so only a new vulnerability blocks.
   */
  private static void advisories(Situation s, List<Finding> blocking, List<Finding> warnings) {
    Optional<AdvisoryReport> report = s.release().contents().flatMap(Contents::advisories);
    Reaction reaction = s.policy().advisories();
    if (report.isEmpty() || reaction == Reaction.IGNORE) {
      return;
    }
    List<Finding> told = new ArrayList<>();
    for (Advisory advisory : report.get().found()) {
      boolean blocks =
          reaction == Reaction.BLOCK && advisory.isNew() && !advisory.informational();
      (blocks ? blocking : told).add(Finding.of("advisory", advisory.toString()));
    }
    int untold = Math.max(0, told.size() - MAX_TOLD) + report.get().more();
    warnings.addAll(told.subList(0, Math.min(MAX_TOLD, told.size())));
    if (untold > 0) {
      warnings.add(Finding.of("advisory", "and " + untold + " more advisories"));
    }
  }
}
