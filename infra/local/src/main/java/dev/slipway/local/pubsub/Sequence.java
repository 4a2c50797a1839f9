package dev.slipway.local.pubsub;

import java.nio.charset.StandardCharsets;
import org.h2.mvstore.MVMap;

/** A number that only grows, across restarts too; whoever takes one commits. */
final class Sequence {

  private final MVMap<String, byte[]> map;
  private final String name;
  private long last;

  Sequence(MVMap<String, byte[]> map, String name, long first) {
    this.map = map;
    this.name = name;
    byte[] stored = map.get(name);
    last =
        stored == null
            ? first - 1
            : Long.parseLong(new String(stored, StandardCharsets.US_ASCII));
  }

  synchronized long next() {
    last++;
    map.put(name, Long.toString(last).getBytes(StandardCharsets.US_ASCII));
    return last;
  }
}
