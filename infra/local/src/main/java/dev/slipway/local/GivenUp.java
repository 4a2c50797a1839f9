package dev.slipway.local;

import dev.slipway.local.events.DeadLetter;
import dev.slipway.local.events.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Publishes the events that were given up, for somebody to look at. */
record GivenUp(CloudResources resources, PubSubTopics topics) implements DeadLetters {

  /** A tick that was given up is none to keep: the next one does as well. */
  @Override
  public void accept(DeadLetter letter) {
    if (letter.event().source().endsWith("/topics/" + resources.tickTopic())) {
      return;
    }
    topics.publish(
        resources.deadLetterTopic(),
        Map.of(
            "trigger", letter.trigger(),
            "eventId", letter.event().id(),
            "eventType", letter.event().type(),
            "eventSource", letter.event().source(),
            "reason", letter.reason()),
        letter.event().json().getBytes(StandardCharsets.UTF_8));
  }
}
