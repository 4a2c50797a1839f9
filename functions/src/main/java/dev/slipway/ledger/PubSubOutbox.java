package dev.slipway.ledger;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.google.Answers;
import dev.slipway.release.Release;

/**
 * Publishes each event as {@code {"release","sequence","stage"}}, with the service and the stage as
 * attributes to filter by. Who wants more reads the ledger.
 */
public final class PubSubOutbox implements Outbox {

  private final Publisher publisher;

  public PubSubOutbox(Publisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void publish(Release release) {
    String stage = release.stage().label();
    JsonObject event = new JsonObject();
    event.addProperty("release", release.id().toString());
    event.addProperty("sequence", release.sequence());
    event.addProperty("stage", stage);
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8(event.toString()))
            .putAttributes("service", release.id().service().value())
            .putAttributes("stage", stage)
            .build();
    var unused = Answers.of(publisher.publish(message));
  }
}
