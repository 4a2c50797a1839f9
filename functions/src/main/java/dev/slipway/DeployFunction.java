package dev.slipway;

import com.google.cloud.functions.CloudEventsFunction;
import dev.slipway.pipeline.Duty;
import dev.slipway.release.Command;
import dev.slipway.release.Question;
import dev.slipway.release.ReleaseId;
import io.cloudevents.CloudEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * A build moved, a tick came or a person asked: releases move on. The three come through topics of
 * their own and are told apart by the topic's name. Throws only when a redelivery can help.
 */
public final class DeployFunction implements CloudEventsFunction {

  /** Cloud Build's own topic; Google fixes its name. */
  public static final String BUILD_TOPIC = "cloud-builds";

  public static final String TICK_TOPIC = "ticks";
  public static final String COMMAND_TOPIC = "commands";

  private static final Logger LOG = System.getLogger(DeployFunction.class.getName());

  private final Wiring wiring;

  /** Reads the settings from the environment. */
  public DeployFunction() {
    this(Wiring.shared());
  }

  public DeployFunction(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void accept(CloudEvent event) {
    wiring.during("deploy", () -> act(event));
  }

  private void act(CloudEvent event) {
    switch (Triggers.topic(event)) {
      case BUILD_TOPIC -> built(event);
      case TICK_TOPIC -> wiring.sweep(Duty.DEPLOY).sweep();
      case COMMAND_TOPIC -> command(event);
      default -> ignore(event);
    }
  }

  /** The message is a hint of which release to look at; what is true of it the API tells. */
  private void built(CloudEvent event) {
    Optional<ReleaseId> release = Triggers.built(event);
    if (release.isPresent()) {
      wiring.advance().advance(release.get());
    } else {
      ignore(event);
    }
  }

  private void command(CloudEvent event) {
    Optional<Command> command = Triggers.command(event);
    Optional<Question> question = Triggers.question(event);
    if (command.isPresent()) {
      wiring.commands().obey(command.get());
    } else if (question.isPresent()) {
      wiring.rehearsals().answer(question.get());
    } else {
      ignore(event);
    }
  }

  private static void ignore(CloudEvent event) {
    LOG.log(Level.WARNING, "ignored event {0} from {1}", event.getId(), event.getSource());
  }
}
