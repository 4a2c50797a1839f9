package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "30MB, 30000000",
    "30 MB, 30000000",
    "20MiB, 20971520",
    "27.5MB, 27500000",
    "500kB, 500000",
    "1GiB, 1073741824",
    "12B, 12",
  })
  void aSizeIsReadInItsUnit(String text, long bytes) {
    assertThat(ByteSize.parse(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "30mb", "-1MB", "1e3MB", "1.MB", "9999999999MB"})
  void anythingElseIsNoSize(String text) {
    assertThat(ByteSize.parse(text)).isEmpty();
  }
}
