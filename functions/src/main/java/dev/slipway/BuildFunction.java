package dev.slipway;

import com.google.cloud.functions.CloudEventsFunction;
import dev.slipway.pipeline.Duty;
import dev.slipway.release.Upload;
import io.cloudevents.CloudEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * An object was finalized in the upload bucket: a release is received, checked, and its build
 * submitted. A tick came: what no event told of is taken in, and a build that was lost is submitted
 * again. Throws only when a redelivery can help.
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
    if (isTick(event)) {
      wiring.sweep(Duty.BUILD).sweep();
      return;
    }
    Optional<Upload> upload = Triggers.upload(event).filter(this::isOurs);
    if (upload.isEmpty()) {
      LOG.log(Level.WARNING, "ignored event {0} from {1}", event.getId(), event.getSource());
      return;
    }
    wiring.intake().receive(upload.get());
  }

  /** By its type too: a bucket may have the name of a topic. */
  private static boolean isTick(CloudEvent event) {
    return event.getType().startsWith("google.cloud.pubsub.")
        && Triggers.topic(event).equals(DeployFunction.TICK_TOPIC);
  }

  private boolean isOurs(Upload upload) {
    return upload.bucket().equals(wiring.settings().uploadBucket())
        && !upload.object().endsWith("/");
  }
}
