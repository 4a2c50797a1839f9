package dev.slipway;

import dev.slipway.ledger.Outbox;
import dev.slipway.log.LogContext;
import dev.slipway.release.Release;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Logs each event of a release as it is published: what a release's log is read by. */
record LoggedOutbox(Outbox outbox) implements Outbox {

  private static final Logger LOG = System.getLogger(LoggedOutbox.class.getName());

  @Override
  public void publish(Release release) {
    LogContext.of(
        release.id(),
        () -> {
          LOG.log(
              Level.INFO,
              "{0} is {1}, event {2}",
              release.id(),
              release.stage().label(),
              Long.toString(release.sequence()));
          outbox.publish(release);
        });
  }
}
