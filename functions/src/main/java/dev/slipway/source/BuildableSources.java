package dev.slipway.source;

import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.RustVersion;
import dev.slipway.release.Upload;
import java.util.List;

/**
 * Refuses besides what the builder's compiler is too old for: a build that is certain to fail is not
 * paid for.
 *
 * @param sources what takes uploads in
 * @param builder the compiler of crates that name no other
 */
public record BuildableSources(Sources sources, RustVersion builder) implements Sources {

  @Override
  public Inspection inspect(Upload upload) {
    Inspection inspection = sources.inspect(upload);
    if (!(inspection instanceof Inspection.Accepted accepted)) {
      return inspection;
    }
    List<Crate> crates = accepted.crates();
    List<Finding> refusals =
        crates.stream().flatMap(crate -> builder.refusal(crate).stream()).distinct().toList();
    return refusals.isEmpty()
        ? inspection
        : new Inspection.Refused(
            crates.getFirst().service(), accepted.source().bytes(), refusals);
  }
}
