package dev.slipway.cli.simulate;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened in a simulation, a line each, for whoever wants to read it. */
final class Story {

  private final VirtualClock clock;
  private final @Nullable Consumer<String> reader;

  Story(VirtualClock clock, @Nullable Consumer<String> reader) {
    this.clock = clock;
    this.reader = reader;
  }

  void tell(Supplier<String> line) {
    if (reader != null) {
      Duration at = clock.elapsed();
      reader.accept(
          "%d:%02d:%02d.%03d  %s"
              .formatted(
                  at.toHours(),
                  at.toMinutesPart(),
                  at.toSecondsPart(),
                  at.toMillisPart(),
                  line.get()));
    }
  }
}
