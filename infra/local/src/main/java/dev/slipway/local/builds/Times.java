package dev.slipway.local.builds;

import com.google.cloudbuild.v1.TimeSpan;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Time as protobuf has it. */
public final class Times {

  private Times() {}

  public static Timestamp of(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  public static TimeSpan span(Instant start, Instant end) {
    return TimeSpan.newBuilder().setStartTime(of(start)).setEndTime(of(end)).build();
  }

  static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
