package dev.slipway.local.firestore;

import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Firestore tells time in whole microseconds since the epoch. */
final class Times {

  private static final long MICROS = 1_000_000;

  private Times() {}

  static long micros(Timestamp time) {
    return time.getSeconds() * MICROS + time.getNanos() / 1000;
  }

  static long micros(Clock clock) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, MICROS))
        .setNanos((int) Math.floorMod(micros, MICROS) * 1000)
        .build();
  }
}
