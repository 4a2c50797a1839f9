package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Limits;
import dev.slipway.release.Setting;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a team may say of its uploads' limits. */
final class LimitsTest {

  @Test
  void everyLimitIsReadAndWhatIsLeftOutIsAsUsual() {
    assertThat(
            PolicyDocument.read(
                    """
                    uploads: {packed: 100MiB, unpacked: 700MiB, entries: 40000, file: 200MiB,
                              ratio: 300, path: 500, depth: 32}
                    """)
                .uploads())
        .isEqualTo(new Limits(100L << 20, 700L << 20, 40_000, 200L << 20, 300, 500, 32));
    assertThat(PolicyDocument.read("uploads: {entries: 10}").uploads())
        .isEqualTo(new Limits(64L << 20, 512L << 20, 10, 32L << 20, 200, 1024, 64));
    assertThat(PolicyDocument.read("hold: 1m").uploads()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void whatTheFunctionHasNoRoomForIsRefusedAllAtOnceWithItsBounds() {
    assertThatThrownBy(
            () ->
                PolicyDocument.read(
                    "uploads: {packed: 1GiB, unpacked: 900000000, entries: 60000, file: 1B, ratio: 1,"
                        + " path: 5000, depth: 500}"))
        .hasMessageContainingAll(
            "`uploads.packed`: it must be 1KiB to 128MiB, not the string '1GiB'",
            "`uploads.unpacked`: it must be 1KiB to 768MiB, not the number 900000000",
            "`uploads.entries`: it must be 1 to 50000",
            "`uploads.file`: it must be 1KiB to 768MiB",
            "`uploads.ratio`: it must be 2 to 1000",
            "`uploads.path`: it must be 32 to 1024",
            "`uploads.depth`: it must be 2 to 128");
  }

  @Test
  void theMostIsWhatTheSettingsAreBoundedBy() throws ReflectiveOperationException {
    for (RecordComponent limit : Limits.class.getRecordComponents()) {
      Setting setting = Objects.requireNonNull(limit.getAnnotation(Setting.class));
      Number most = (Number) limit.getAccessor().invoke(Limits.MOST);
      Number usual = (Number) limit.getAccessor().invoke(Limits.DEFAULT);

      assertThat(most.longValue()).as(limit.getName()).isEqualTo(setting.max());
      assertThat(usual.longValue()).isBetween(setting.min(), setting.max());
    }
  }

  @Test
  void theLargestUploadThereCanBeHasRoomAndASmallOneTakesLittle() {
    assertThat(Limits.MOST.room(Limits.MOST.packed())).isEqualTo(Limits.ROOM);
    assertThat(Limits.DEFAULT.room(10_000)).isLessThan(9L << 20);
  }
}
