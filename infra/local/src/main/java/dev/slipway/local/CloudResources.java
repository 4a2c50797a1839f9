package dev.slipway.local;

import dev.slipway.local.events.Trigger;
import dev.slipway.local.slack.SlackWorkspace;
import java.util.List;

/**
 * What is there from the start, as Terraform makes it in the cloud.
 *
 * @param buckets the names of the buckets
 * @param topics the short names of the Pub/Sub topics
 * @param triggers which events call which functions
 * @param tickTopic the topic Cloud Scheduler publishes to
 * @param deadLetterTopic the topic events nobody took are published to
 * @param slack the workspace announcements go to
 */
public record CloudResources(
    List<String> buckets,
    List<String> topics,
    List<Trigger> triggers,
    String tickTopic,
    String deadLetterTopic,
    SlackWorkspace slack) {

  public CloudResources {
    buckets = List.copyOf(buckets);
    topics = List.copyOf(topics);
    triggers = List.copyOf(triggers);
    for (Trigger trigger : triggers) {
      switch (trigger.filter()) {
        case Trigger.ObjectFinalized(String bucket) -> require(buckets, bucket, trigger);
        case Trigger.MessagePublished(String topic) -> require(topics, topic, trigger);
      }
    }
  }

  private static void require(List<String> names, String name, Trigger trigger) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "trigger %s waits for %s, which is not among %s"
              .formatted(trigger.name(), name, names));
    }
  }
}
