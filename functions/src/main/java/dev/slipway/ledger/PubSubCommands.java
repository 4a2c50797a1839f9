package dev.slipway.ledger;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import dev.slipway.release.Command;
import java.util.function.Consumer;

/** Hands commands to whoever obeys them, through a topic. */
public final class PubSubCommands implements Consumer<Command> {

  private final Publisher publisher;

  public PubSubCommands(Publisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void accept(Command command) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8(Json.write(command, Command.class)))
            .build();
    var unused = Answers.of(publisher.publish(message));
  }
}
