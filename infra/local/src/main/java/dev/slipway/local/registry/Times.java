package dev.slipway.local.registry;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Time as protobuf has it. */
final class Times {

  private Times() {}

  static Timestamp of(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
