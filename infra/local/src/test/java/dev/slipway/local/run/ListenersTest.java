package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ListenersTest {

  @Test
  void addressesReadAsTheKernelPrintsThem() {
    Map<String, String> cases =
        Map.of(
            "00000000:1F90", "0.0.0.0:8080",
            "0100007F:0050", "127.0.0.1:80",
            "00000000000000000000000000000000:1F90", "[::]:8080",
            "00000000000000000000000001000000:1F90", "[0:0:0:0:0:0:0:1]:8080",
            "0000000000000000FFFF00000100007F:1F90", "127.0.0.1:8080");

    cases.forEach(
        (text, address) -> assertThat(Listeners.parse(text)).asString().isEqualTo(address));
    assertThat(Listeners.parse("0100007F:0050").loopback()).isTrue();
    assertThat(Listeners.parse("00000000:0050").loopback()).isFalse();
  }
}
