package dev.slipway.local.pubsub;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.net.URI;
import java.util.Set;

/** What a subscription may say, and what it means where it says nothing. */
final class SubscriptionRules {

  /** The fields an update may change. */
  static final Set<String> MUTABLE =
      Set.of(
          "ack_deadline_seconds",
          "push_config",
          "labels",
          "retain_acked_messages",
          "message_retention_duration",
          "expiration_policy",
          "dead_letter_policy",
          "retry_policy",
          "enable_exactly_once_delivery");

  private static final Duration TEN_MINUTES = Durations.fromMinutes(10);
  private static final Duration WEEK = Durations.fromDays(7);
  private static final Duration MONTH = Durations.fromDays(31);
  private static final String VERSION = "x-goog-version";

  private SubscriptionRules() {}

  /**
   * The subscription with its defaults filled in.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, or UNIMPLEMENTED for what the laptop
   *     cloud does not deliver to
   */
  static Subscription complete(Subscription given) {
    refuseUnsupported(given);
    Names.checkSubscription(given.getName());
    FilterParser.parse(given.getFilter());
    Subscription.Builder full = given.toBuilder().setState(Subscription.State.ACTIVE).clearTags();
    if (given.getAckDeadlineSeconds() == 0) {
      full.setAckDeadlineSeconds(10);
    }
    between("ack_deadline_seconds", full.getAckDeadlineSeconds(), 10, 600);
    if (!given.hasMessageRetentionDuration()) {
      full.setMessageRetentionDuration(WEEK);
    }
    checkRetention(full.getMessageRetentionDuration());
    if (!given.hasExpirationPolicy()) {
      full.setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(MONTH));
    }
    if (given.hasRetryPolicy()) {
      full.setRetryPolicy(complete(given.getRetryPolicy()));
    }
    if (given.hasDeadLetterPolicy()) {
      full.setDeadLetterPolicy(complete(given.getDeadLetterPolicy()));
    }
    return full.setPushConfig(complete(given.getPushConfig())).build();
  }

  private static void refuseUnsupported(Subscription given) {
    if (given.hasBigqueryConfig()
        || given.hasCloudStorageConfig()
        || given.hasBigtableConfig()
        || given.getMessageTransformsCount() > 0) {
      throw Status.UNIMPLEMENTED
          .withDescription(
              "The laptop cloud delivers to pull and push subscriptions only: leave"
                  + " bigquery_config, cloud_storage_config, bigtable_config and"
                  + " message_transforms out of "
                  + given.getName()
                  + ".")
          .asRuntimeException();
    }
  }

  private static RetryPolicy complete(RetryPolicy given) {
    RetryPolicy.Builder full = given.toBuilder();
    if (!given.hasMinimumBackoff()) {
      full.setMinimumBackoff(Durations.fromSeconds(10));
    }
    if (!given.hasMaximumBackoff()) {
      full.setMaximumBackoff(Durations.fromSeconds(600));
    }
    checkBackoff("minimum_backoff", full.getMinimumBackoff());
    checkBackoff("maximum_backoff", full.getMaximumBackoff());
    if (Durations.compare(full.getMinimumBackoff(), full.getMaximumBackoff()) > 0) {
      throw Calls.invalid("Invalid retry policy: minimum_backoff is above maximum_backoff.");
    }
    return full.build();
  }

  private static DeadLetterPolicy complete(DeadLetterPolicy given) {
    Names.checkTopic(given.getDeadLetterTopic());
    DeadLetterPolicy.Builder full = given.toBuilder();
    if (given.getMaxDeliveryAttempts() == 0) {
      full.setMaxDeliveryAttempts(5);
    }
    between("max_delivery_attempts", full.getMaxDeliveryAttempts(), 5, 100);
    return full.build();
  }

  /** The push configuration with its defaults; an endpoint must be an http or https URL. */
  static PushConfig complete(PushConfig given) {
    String endpoint = given.getPushEndpoint();
    if (endpoint.isEmpty()) {
      return given;
    }
    if (!isHttp(endpoint)) {
      throw Calls.invalid(
          "Invalid push endpoint given (endpoint=%s): it must be an http or https URL."
              .formatted(endpoint));
    }
    return given.containsAttributes(VERSION)
        ? given
        : given.toBuilder().putAttributes(VERSION, "v1").build();
  }

  private static boolean isHttp(String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static void checkRetention(Duration retention) {
    if (Durations.compare(retention, TEN_MINUTES) < 0 || Durations.compare(retention, MONTH) > 0) {
      throw Calls.invalid(
          "Invalid message retention duration (%s): it must be between 10 minutes and 31 days."
              .formatted(Durations.toString(retention)));
    }
  }

  private static void checkBackoff(String field, Duration backoff) {
    if (Durations.isNegative(backoff)
        || Durations.compare(backoff, Durations.fromSeconds(600)) > 0) {
      throw Calls.invalid(
          "Invalid retry policy: %s (%s) must be between 0 and 600 seconds."
              .formatted(field, Durations.toString(backoff)));
    }
  }

  private static void between(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw Calls.invalid(
          "The value for %s is out of bounds. You passed %d in the request, but it must be between %d and %d."
              .formatted(field, value, least, most));
    }
  }
}
