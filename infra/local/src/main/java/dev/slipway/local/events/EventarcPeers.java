package dev.slipway.local.events;

/** What Eventarc needs of others. */
public record EventarcPeers(FunctionCalls functions, TopicFeed topics, DeadLetters deadLetters) {}
