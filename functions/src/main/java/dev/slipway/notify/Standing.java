package dev.slipway.notify;

import dev.slipway.reading.Meanwhile;
import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a release stands, read from the ledger while something else is done, and waited for only so
 * long: Slack waits three seconds for an answer to a click, whatever the ledger is at.
 */
final class Standing {

  private final Meanwhile<Optional<Story>> reading;

  private Standing(Meanwhile<Optional<Story>> reading) {
    this.reading = reading;
  }

  /** What is known of the release at the end of the wait. */
  sealed interface Known {

    record Stands(Story story) implements Known {}

    /** The ledger knows no such release. */
    record Nowhere() implements Known {}

    /** The ledger has not answered yet. */
    record NotYet() implements Known {}
  }

  static Standing read(Function<ReleaseId, Optional<Story>> ledger, ReleaseId id) {
    return new Standing(Meanwhile.read(() -> ledger.apply(id)));
  }

  /** Throws what the ledger threw. */
  Known after(Duration most) {
    Optional<Optional<Story>> read = reading.within(most);
    return read.isEmpty()
        ? new Known.NotYet()
        : read.get().<Known>map(Known.Stands::new).orElseGet(Known.Nowhere::new);
  }
}
