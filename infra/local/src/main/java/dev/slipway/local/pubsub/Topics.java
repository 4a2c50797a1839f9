package dev.slipway.local.pubsub;

import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.Topic;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import io.grpc.Status;
import java.util.List;
import java.util.Set;

/** The topics by name; whoever changes one commits. */
final class Topics {

  private static final Set<String> MUTABLE =
      Set.of("labels", "message_storage_policy", "message_retention_duration", "kms_key_name");

  private final Table<Topic> topics;

  Topics(State state) {
    topics = new Table<>(state.map("pubsub.topic"), Topic.parser());
  }

  Topic create(Topic given) {
    Topic topic = check(given);
    if (exists(topic.getName())) {
      throw Calls.alreadyExists(Names.id(topic.getName()));
    }
    topics.put(topic.getName(), topic);
    return topic;
  }

  Topic update(Topic update, FieldMask mask) {
    Topic.Builder changed = get(update.getName()).toBuilder();
    Masks.apply(mask, update, changed, MUTABLE);
    Topic topic = check(changed.build());
    topics.put(topic.getName(), topic);
    return topic;
  }

  private static Topic check(Topic given) {
    Names.checkTopic(given.getName());
    if (given.hasSchemaSettings()
        || given.hasIngestionDataSourceSettings()
        || given.getMessageTransformsCount() > 0) {
      throw Status.UNIMPLEMENTED
          .withDescription(
              "The laptop cloud has no schemas, ingestion or message transforms: leave them out of "
                  + given.getName()
                  + ".")
          .asRuntimeException();
    }
    if (given.hasMessageRetentionDuration()) {
      SubscriptionRules.checkRetention(given.getMessageRetentionDuration());
    }
    return given.toBuilder().setState(Topic.State.ACTIVE).clearTags().build();
  }

  /**
   * The topic of that name.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT or NOT_FOUND
   */
  Topic get(String name) {
    Names.checkTopic(name);
    Topic topic = topics.get(name);
    if (topic == null) {
      throw Calls.notFound(Names.id(name));
    }
    return topic;
  }

  boolean exists(String name) {
    return topics.get(name) != null;
  }

  /** The topics of {@code projects/P}, by name. */
  List<Topic> in(String project) {
    Names.checkProject(project);
    return topics.startingWith(project + "/topics/");
  }

  void remove(String name) {
    topics.remove(name);
  }
}
