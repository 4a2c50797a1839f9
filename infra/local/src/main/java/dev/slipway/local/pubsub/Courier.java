package dev.slipway.local.pubsub;

import dev.slipway.local.time.Scheduler;
import io.grpc.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Carries messages to a receiver that says of each whether it took it, and settles them so. */
final class Courier implements Outlet.Sink {

  /** Where it carries them; may block. */
  interface Route {
    CompletionStage<Boolean> send(Delivery delivery);
  }

  private static final Logger LOG = System.getLogger(Courier.class.getName());

  private final Backlog backlog;
  private final Scheduler scheduler;
  private final Route route;

  Courier(Backlog backlog, Scheduler scheduler, Route route) {
    this.backlog = backlog;
    this.scheduler = scheduler;
    this.route = route;
  }

  @Override
  public void take(List<Delivery> batch) {
    batch.forEach(delivery -> scheduler.soon(() -> carry(delivery)));
  }

  private void carry(Delivery delivery) {
    CompletionStage<Boolean> sent;
    try {
      sent = route.send(delivery);
    } catch (RuntimeException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    sent.whenComplete((taken, failure) -> settle(delivery, taken, failure));
  }

  private void settle(Delivery delivery, Boolean taken, Throwable failure) {
    if (failure == null && taken) {
      backlog.acknowledge(List.of(delivery.ackId()));
      return;
    }
    LOG.log(
        Level.DEBUG,
        () ->
            "message %s of %s was not taken (attempt %d): %s"
                .formatted(
                    delivery.message().getMessageId(),
                    backlog.terms().subscription(),
                    delivery.attempt(),
                    failure));
    backlog.modifyDeadline(List.of(delivery.ackId()), Duration.ZERO);
  }

  @Override
  public void end(Status why) {
    LOG.log(Level.DEBUG, "delivery ended: {0}", why);
  }
}
