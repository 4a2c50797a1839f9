package dev.slipway.local.builds.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastProgramTest {

  @TempDir Path folder;

  private final List<Process> programs = new ArrayList<>();

  @AfterEach
  void tearDown() {
    for (Process program : programs) {
      program.descendants().forEach(ProcessHandle::destroyForcibly);
      program.destroyForcibly();
    }
  }

  private Process starts() throws Exception {
    Process program = new ProcessBuilder("sh", "-c", "sleep 600 & echo on; wait").start();
    programs.add(program);
    program.inputReader().readLine();
    return program;
  }

  @Test
  void aProgramAKilledCloudLeftIsEndedWithAllItStarted() throws Exception {
    ProcessHandle left = starts().toHandle();
    new LastProgram(folder).began(left);
    List<ProcessHandle> below = left.descendants().toList();
    assertThat(below).hasSize(1);

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
