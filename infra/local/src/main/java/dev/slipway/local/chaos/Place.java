package dev.slipway.local.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of places where something can go wrong, and what a name there looks like. */
public enum Place {
  /** A gRPC method, as {@code google.cloud.run.v2.Services/UpdateService}. */
  RPC(true),
  /** An HTTP request, as {@code POST /slack/api/chat.postMessage}. */
  HTTP(true),
  /** Eventarc calling a function, as {@code deploy}. */
  FUNCTION(true),
  /** An event on its way to a trigger, as {@code uploads}. */
  EVENT(false),
  /** A message on its way into a Pub/Sub subscription, by its short name. */
  MESSAGE(false);

  private final boolean call;

  Place(boolean call) {
    this.call = call;
  }

  /** Whether somebody waits for an answer there; else something is only carried. */
  boolean isCall() {
    return call;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Place of(String word) {
    return Arrays.stream(values())
        .filter(place -> place.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no place for a fault: use one of %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Place::word)
                                .collect(Collectors.joining(", ")))));
  }
}
