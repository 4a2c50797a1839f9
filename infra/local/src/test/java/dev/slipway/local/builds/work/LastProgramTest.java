package dev.slipway.local.builds.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastProgramTest {

  @TempDir Path folder;

  private Process program;

  @AfterEach
  void tearDown() {
    program.descendants().forEach(ProcessHandle::destroyForcibly);
    program.destroyForcibly();
  }

  private Process starts() throws Exception {
    program = new ProcessBuilder("sh", "-c", "echo on; sleep 600; echo off").start();
    program.inputReader().readLine();
    return program;
  }

  @Test
  void aProgramAKilledCloudLeftIsEndedWithAllItStarted() throws Exception {
    ProcessHandle left = starts().toHandle();
    new LastProgram(folder).began(left);
    var below = left.descendants().toList();

    new LastProgram(folder).end();

    assertThat(left.isAlive()).isFalse();
    below.forEach(process -> process.onExit().join());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anotherProgramThatHasTheSameIdByNowIsLeftAlone() throws Exception {
    ProcessHandle other = starts().toHandle();
    Files.writeString(folder.resolve("process"), other.pid() + " 2026-01-02T10:00:00Z");

    new LastProgram(folder).end();

    assertThat(other.isAlive()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatCannotBeReadIsForgotten() throws Exception {
    ProcessHandle other = starts().toHandle();
    Files.writeString(folder.resolve("process"), "");

    new LastProgram(folder).end();

    assertThat(other.isAlive()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }
}
