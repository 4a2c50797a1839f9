package dev.slipway;

import com.google.cloud.functions.CloudEventsFunction;
import dev.slipway.release.Upload;
import io.cloudevents.CloudEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * An object was finalized in the upload bucket: a release is received, checked, and its build
 * submitted. Throws only when a redelivery can help.
 */
public final class BuildFunction implements CloudEventsFunction {

  private static final Logger LOG = System.getLogger(BuildFunction.class.getName());

  private final Wiring wiring;

  /** Reads the settings from the environment. */
  public BuildFunction() {
    this(Wiring.shared());
  }

  public BuildFunction(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void accept(CloudEvent event) {
    wiring.during("build", () -> act(event));
  }

  private void act(CloudEvent event) {
    Optional<Upload> upload = Triggers.upload(event).filter(this::isOurs);
    if (upload.isEmpty()) {
      LOG.log(Level.WARNING, "ignored event {0} from {1}", event.getId(), event.getSource());
      return;
    }
    wiring.intake().receive(upload.get());
  }

  private boolean isOurs(Upload upload) {
    return upload.bucket().equals(wiring.settings().uploadBucket())
        && !upload.object().endsWith("/");
  }
}
