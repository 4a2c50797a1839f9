package dev.slipway.ledger;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import java.util.function.Consumer;

/**
 * Hands commands to whoever obeys them, and questions to whoever may ask the platform: each as a
 * JSON message through a topic.
 */
public final class PubSubDoor<T> implements Consumer<T> {

  private final Publisher publisher;
  private final Class<T> type;

  public PubSubDoor(Publisher publisher, Class<T> type) {
    this.publisher = publisher;
    this.type = type;
  }

  @Override
  public void accept(T asked) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8(Json.write(asked, type)))
            .build();
    var unused = Answers.of(publisher.publish(message));
  }
}
