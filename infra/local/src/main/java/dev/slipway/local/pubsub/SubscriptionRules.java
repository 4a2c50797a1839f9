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
    int deadline = full.getAckDeadlineSeconds();
    if (deadline < 10 || deadline > 600) {
      throw Calls.invalid(
          ("The value for ack_deadline_seconds is out of bounds. You passed %d in the"
              + " request, but the value must be between 10 and 600.")
              .formatted(deadline));
    }
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
      throw Calls.invalid(
          ("The value for maximum_backoff is too small. You passed %s in the request, but"
              + " the minimum value is %s.")
              .formatted(
                  Durations.toString(full.getMaximumBackoff()),
                  Durations.toString(full.getMinimumBackoff())));
    }
    return full.build();
  }

  private static DeadLetterPolicy complete(DeadLetterPolicy given) {
    Names.checkTopic(given.getDeadLetterTopic());
    DeadLetterPolicy.Builder full = given.toBuilder();
    if (given.getMaxDeliveryAttempts() == 0) {
      full.setMaxDeliveryAttempts(5);
    }
    checkAttempts(full.getMaxDeliveryAttempts());
    return full.build();
  }

  /** OUT_OF_RANGE, not INVALID_ARGUMENT: so does Google's emulator. */
  private static void checkAttempts(int attempts) {
    String bound =
        attempts < 5
            ? "small. You passed %d in the request, but the minimum value is 5."
            : "large. You passed %d in the request, but the maximum value is 100.";
    if (attempts < 5 || attempts > 100) {
      throw Status.OUT_OF_RANGE
          .withDescription(
              "The value for max_delivery_attempts is too " + bound.formatted(attempts))
          .asRuntimeException();
    }
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
          ("The value for %s is out of bounds. You passed %s in the request, but the value"
              + " must be between 0s and 600s.")
              .formatted(field, Durations.toString(backoff)));
    }
  }
}
