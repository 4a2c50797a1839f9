package dev.slipway.ledger;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import dev.slipway.release.Question;
import java.util.function.Consumer;

/** Hands questions to whoever may ask the platform, through the topic commands go through. */
public final class PubSubQuestions implements Consumer<Question> {

  private final Publisher publisher;

  public PubSubQuestions(Publisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void accept(Question question) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8(Json.write(question, Question.class)))
            .build();
    var unused = Answers.of(publisher.publish(message));
  }
}
