package dev.slipway.local.pubsub;

import dev.slipway.local.server.Calls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Full resource names: {@code projects/P/topics/T} and {@code projects/P/subscriptions/S}. */
final class Names {

  /** What a subscription names as its topic once that is gone. */
  static final String DELETED_TOPIC = "_deleted-topic_";

  private static final String ID = "(?!goog)[A-Za-z][A-Za-z0-9\\-_.~+%]{2,254}";
  private static final Pattern TOPIC = Pattern.compile("projects/([^/]+)/topics/(" + ID + ")");
  private static final Pattern SUBSCRIPTION =
      Pattern.compile("projects/([^/]+)/subscriptions/(" + ID + ")");
  private static final Pattern PROJECT = Pattern.compile("projects/[^/]+");

  private Names() {}

  /** Refuses, with INVALID_ARGUMENT, what is no topic name. */
  static void checkTopic(String name) {
    check(TOPIC.matcher(name), name);
  }

  /** Refuses, with INVALID_ARGUMENT, what is no subscription name. */
  static void checkSubscription(String name) {
    check(SUBSCRIPTION.matcher(name), name);
  }

  /** Refuses, with INVALID_ARGUMENT, what is no project name. */
  static void checkProject(String name) {
    check(PROJECT.matcher(name), name);
  }

  private static void check(Matcher matcher, String name) {
    if (!matcher.matches()) {
      throw Calls.invalid(
          ("Invalid resource name given (name=%s). Refer to"
                  + " https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names for more"
                  + " information.")
              .formatted(name));
    }
  }

  /** The last part of a full name, which is how Google's errors name a resource. */
  static String id(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The project id in a full name. */
  static String project(String name) {
    return name.substring(name.indexOf('/') + 1, name.indexOf('/', name.indexOf('/') + 1));
  }
}
