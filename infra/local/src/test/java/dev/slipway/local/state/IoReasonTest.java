package dev.slipway.local.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class IoReasonTest {

  @Test
  void anExceptionThatOnlyNamesAFileHasAReason() {
    assertThat(IoReason.of(new NoSuchFileException("/a"))).isEqualTo("/a is not there");
    assertThat(IoReason.of(new AccessDeniedException("/a"))).isEqualTo("you may not use /a");
    assertThat(IoReason.of(new FileSystemException("/a"))).isEqualTo("/a cannot be used");
  }

  @Test
  void oneThatSaysItKeepsItsWords() {
    assertThat(IoReason.of(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("/a: No space left on device");
    assertThat(IoReason.of(new IOException("closed"))).isEqualTo("closed");
    assertThat(IoReason.of(new IOException())).isEqualTo("java.io.IOException");
  }
}
