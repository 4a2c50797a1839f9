package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;

/**
 * What a crate may settle for itself in {@code [package.metadata.slipway]}.
 *
 * @param health whether it may name the path it is smoked at
 * @param service whether it may name its Cloud Run service
 * @param job whether it may have a job run
 * @param bases the runtime bases it may ask for; any where empty
 */
public record Bounds(
    @Setting("whether a crate may name the path it is smoked at") boolean health,
    @Setting("whether a crate may name its Cloud Run service") boolean service,
    @Setting("whether a crate may have a job run before its candidate is deployed") boolean job,
    @Setting("the runtime bases a crate may ask for; none: any") List<RuntimeBase> bases) {

  /** A crate may settle everything. */
  public static final Bounds DEFAULT = new Bounds(true, true, true, List.of());

  public Bounds {
    bases = List.copyOf(bases);
  }

  /** Everything a crate asks for and may not. */
  List<Finding> overstepped(CrateSettings wished) {
    List<Finding> findings = new ArrayList<>();
    if (!health && wished.health().isPresent()) {
      findings.add(finding("health", "name the path it is smoked at"));
    }
    if (!service && wished.service().isPresent()) {
      findings.add(finding("service", "name its service"));
    }
    if (!job && !wished.job().isEmpty()) {
      findings.add(finding("job", "have a job run"));
    }
    wished
        .base()
        .filter(base -> !bases.isEmpty() && !bases.contains(base))
        .ifPresent(
            base ->
                findings.add(
                    finding(
                        "base",
                        "ask for the base %s, only for %s"
                            .formatted(
                                base.label(),
                                bases.stream().map(RuntimeBase::label).toList()))));
    return findings;
  }

  private static Finding finding(String key, String what) {
    return Finding.of(
        "bounds",
        "the team's policy does not let a crate %s: drop `%s` from [package.metadata.slipway]"
            .formatted(what, key));
  }
}
