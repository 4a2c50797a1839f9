package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogLineTest {

  private static String fingerprint(String line) {
    return LogLine.signal(line).map(s -> s.kind() + " " + s.fingerprint()).orElse("nothing");
  }

  @Test
  void aPanicIsKnownByItsFileWhicheverLineItIsOn() {
    assertThat(fingerprint("thread 'main' panicked at src/main.rs:10:5:"))
        .isEqualTo("PANIC src/main.rs");
    assertThat(fingerprint("thread 'tokio-runtime-worker' (4711) panicked at src/main.rs:99:1:"))
        .isEqualTo("PANIC src/main.rs");
    assertThat(fingerprint("2026-01-01T00:00:00Z thread '<unnamed>' panicked at src/db.rs:7:1:\nboom"))
        .isEqualTo("PANIC src/db.rs");
  }

  @Test
  void theOldFormsMessageCountsWithoutItsNumbers() {
    assertThat(
            fingerprint("thread 'main' panicked at 'index 7 of 3 at 0xff', src/main.rs:10:5"))
        .isEqualTo("PANIC src/main.rs index N of N at N");
  }

  @Test
  void aLibrarysPanicIsKnownWithoutItsVersionAndTheCompilersWithoutItsHash() {
    assertThat(
            fingerprint(
                "thread 'main' panicked at /root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/tokio-1.38.0/src/io/x.rs:1:2:"))
        .isEqualTo("PANIC tokio/src/io/x.rs");
    assertThat(
            fingerprint(
                "thread 'main' panicked at /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/core/src/option.rs:1:2:"))
        .isEqualTo("PANIC core/src/option.rs");
  }

  @Test
  void cloudRunTellsOfExitsAndOfMemory() {
    assertThat(fingerprint("Container called exit(101).")).isEqualTo("EXIT 101");
    assertThat(fingerprint("Container called exit(0).")).isEqualTo("nothing");
    assertThat(fingerprint("Container terminated on signal 11.")).isEqualTo("EXIT signal 11");
    assertThat(
            fingerprint(
                "Memory limit of 512 MiB exceeded with 516 MiB used. Consider increasing the memory limit"))
        .isEqualTo("OUT_OF_MEMORY memory");
    assertThat(fingerprint("Memory limit of 512M exceeded with 526M used."))
        .isEqualTo("OUT_OF_MEMORY memory");
  }

  @Test
  void anythingElseIsNoSign() {
    assertThat(fingerprint("hello 1.0.0 listens on port 8080")).isEqualTo("nothing");
    assertThat(fingerprint("")).isEqualTo("nothing");
  }
}
