package dev.slipway.local.pubsub;

import com.google.protobuf.ByteString;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One POST to a push endpoint.
 *
 * @param timeout the subscription's ack deadline
 */
public record PushRequest(
    URI endpoint, Map<String, String> headers, ByteString body, Duration timeout) {

  public PushRequest {
    headers = Map.copyOf(headers);
  }
}
