/** Cloud Pub/Sub: topics, subscriptions and the delivery of messages. */
@NullMarked
package dev.slipway.local.pubsub;

import org.jspecify.annotations.NullMarked;
