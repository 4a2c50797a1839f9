package dev.slipway;

import com.google.cloud.functions.CloudEventsFunction;
import dev.slipway.release.ReleaseId;
import io.cloudevents.CloudEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * A release moved: the one message about it is brought up to date. Throws only when a redelivery
 * can help.
 */
public final class NotifyFunction implements CloudEventsFunction {

  private static final Logger LOG = System.getLogger(NotifyFunction.class.getName());

  private final Wiring wiring;

  /** Reads the settings from the environment. */
  public NotifyFunction() {
    this(Wiring.shared());
  }

  public NotifyFunction(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void accept(CloudEvent event) {
    wiring.during("notify", () -> act(event));
  }

  private void act(CloudEvent event) {
    Optional<ReleaseId> release = Triggers.release(event);
    if (release.isEmpty()) {
      LOG.log(Level.WARNING, "ignored event {0} from {1}", event.getId(), event.getSource());
      return;
    }
    wiring.notifier().announce(release.get());
  }
}
