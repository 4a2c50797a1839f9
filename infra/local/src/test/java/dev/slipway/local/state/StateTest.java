package dev.slipway.local.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateTest {

  @TempDir Path folder;

  @Test
  void whatWasCommittedIsThereAfterAReopening() {
    try (State state = State.open(folder)) {
      state.map("a.b").put("key", "value".getBytes(UTF_8));
      state.commit();
    }

    try (State state = State.open(folder)) {
      assertThat(state.map("a.b").get("key")).asString(UTF_8).isEqualTo("value");
    }
  }

  @Test
  void aFolderInUseIsRefusedByName() {
    State first = State.open(folder);

    assertThatThrownBy(() -> State.open(folder))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("another laptop cloud is using it");
    first.close();
  }

  @Test
  void aDamagedFileIsRefusedAndLeftAsItIs() throws Exception {
    byte[] damaged = "not a store at all, but long enough to be looked at".getBytes(UTF_8);
    Files.write(folder.resolve("state.mv"), damaged);

    assertThatThrownBy(() -> State.open(folder))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("move the folder");
    assertThat(Files.readAllBytes(folder.resolve("state.mv"))).isEqualTo(damaged);
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedWithTheReason() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> State.open(file))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(file + " but it is a file");
  }

  @Test
  void stateThatCannotBeWrittenIsLostAndSaysWhy() {
    State state = State.open(folder);
    state.map("a.b").put("key", "value".getBytes(UTF_8));
    // Writing closes the file then.
    Thread.currentThread().interrupt();

    assertThatThrownBy(state::commit)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("Tried to write " + folder.resolve("state.mv"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(state.lost()).isCompleted();
  }

  @Test
  void aFullDiskIsNotTakenForDamage() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "this machine has no /dev/full");
    Files.createSymbolicLink(folder.resolve("state.mv"), full);

    assertThatThrownBy(() -> State.open(folder))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("No space left on device");
  }
}
