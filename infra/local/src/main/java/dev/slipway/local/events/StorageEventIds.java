package dev.slipway.local.events;

import dev.slipway.local.state.State;
import java.nio.charset.StandardCharsets;
import org.h2.mvstore.MVMap;

/** The ids of storage events: numbers that never come twice, over restarts too. */
final class StorageEventIds {

  private static final String KEY = "storage-id";

  /** Google's have sixteen digits or so. */
  private static final long FIRST = 1_000_000_000_000_000L;

  private final MVMap<String, byte[]> counters;

  StorageEventIds(State state) {
    counters = state.map("events.counter");
  }

  synchronized String next() {
    byte[] last = counters.get(KEY);
    long next =
        last == null ? FIRST : Long.parseLong(new String(last, StandardCharsets.US_ASCII)) + 1;
    String id = Long.toString(next);
    counters.put(KEY, id.getBytes(StandardCharsets.US_ASCII));
    return id;
  }
}
