package dev.slipway.local.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.PushConfig.OidcToken;
import com.google.pubsub.v1.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Pushes the messages of subscriptions to their endpoints. */
final class Pushing {

  private static final Set<Integer> TAKEN = Set.of(102, 200, 201, 202, 204);
  private static final Outlet.Limits AT_A_TIME = Outlet.Limits.of(100, 0);

  private final Time time;
  private final PushClient client;
  private final PushToken token = new PushToken();

  Pushing(Time time, PushClient client) {
    this.time = time;
    this.client = client;
  }

  /** What pushes the messages of one subscription, as it is configured now. */
  Outlet outlet(LiveSubscription subscription) {
    Subscription config = subscription.config();
    return outlet(subscription.backlog(), delivery -> push(config, delivery), AT_A_TIME);
  }

  /** What carries the messages of one backlog, at most so many at a time. */
  Outlet outlet(Backlog backlog, Courier.Route route, Outlet.Limits limits) {
    return Outlet.pushing(new Courier(backlog, time.scheduler(), route), limits);
  }

  private CompletionStage<Boolean> push(Subscription config, Delivery delivery) {
    return client.post(request(config, delivery)).thenApply(TAKEN::contains);
  }

  private PushRequest request(Subscription config, Delivery delivery) {
    PushConfig push = config.getPushConfig();
    Map<String, String> headers = new HashMap<>();
    ByteString body;
    if (push.hasNoWrapper()) {
      body = delivery.message().getData();
      if (push.getNoWrapper().getWriteMetadata()) {
        headers.putAll(PushBody.metadata(config.getName(), delivery.message()));
      }
    } else {
      body = PushBody.wrapped(config.getName(), delivery);
      headers.put("Content-Type", "application/json");
    }
    if (push.hasOidcToken()) {
      headers.put("Authorization", "Bearer " + bearer(push));
    }
    return new PushRequest(
        URI.create(push.getPushEndpoint()),
        headers,
        body,
        Duration.ofSeconds(config.getAckDeadlineSeconds()));
  }

  private String bearer(PushConfig push) {
    OidcToken oidc = push.getOidcToken();
    String audience =
        oidc.getAudience().isEmpty() ? push.getPushEndpoint() : oidc.getAudience();
    return token.issue(oidc.getServiceAccountEmail(), audience, time.now());
  }
}
