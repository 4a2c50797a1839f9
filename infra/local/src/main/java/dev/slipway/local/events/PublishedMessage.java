package dev.slipway.local.events;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Map;

/**
 * A Pub/Sub message.
 *
 * @param orderingKey empty where there is none
 */
public record PublishedMessage(
    String id,
    Instant publishedAt,
    ByteString data,
    Map<String, String> attributes,
    String orderingKey) {}
