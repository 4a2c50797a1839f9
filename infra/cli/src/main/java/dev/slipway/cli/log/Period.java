package dev.slipway.cli.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The time that is asked about.
 *
 * @param since its begin; empty for whatever is there
 * @param until its end; empty for now
 */
record Period(Optional<Instant> since, Optional<Instant> until) {

  boolean contains(Instant at) {
    return since.filter(at::isBefore).isEmpty() && until.filter(at::isAfter).isEmpty();
  }

  /** As conditions of Cloud Logging. */
  List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    since.ifPresent(at -> conditions.add("timestamp >= \"%s\"".formatted(at)));
    until.ifPresent(at -> conditions.add("timestamp <= \"%s\"".formatted(at)));
    return conditions;
  }
}
