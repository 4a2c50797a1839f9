package dev.slipway.cli.upload;

import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Draws how far an upload is: a bar, bytes, rate and what remains; only where somebody looks on. */
public final class Bar implements Uploader.Progress {

  private static final int CELLS = 24;
  private static final double MILLIS = 1000.0;

  private final Screen screen;
  private final Clock clock;
  private final Instant begun;
  private long from = -1;

  public Bar(Screen screen, Clock clock) {
    this.screen = screen;
    this.clock = clock;
    begun = clock.instant();
  }

  @Override
  public void at(long done, long total) {
    if (from < 0) {
      from = done;
    }
    screen.draw(Line.of(text(done, total)));
  }

  private String text(long done, long total) {
    int full = total == 0 ? CELLS : (int) (CELLS * done / total);
    String bar = "#".repeat(full) + ".".repeat(CELLS - full);
    String bytes = Bytes.shown(done) + " of " + Bytes.shown(total);
    double seconds = Duration.between(begun, clock.instant()).toMillis() / MILLIS;
    if (seconds <= 0 || done <= from) {
      return "[%s] %s".formatted(bar, bytes);
    }
    long rate = Math.max(1, Math.round((done - from) / seconds));
    return "[%s] %s, %s/s, %d s left"
        .formatted(bar, bytes, Bytes.shown(rate), (total - done + rate - 1) / rate);
  }
}
