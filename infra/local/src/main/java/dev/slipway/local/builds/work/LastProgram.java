package dev.slipway.local.builds.work;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which program runs in a folder, kept in a file in it: one that a killed cloud left there would
 * hold cargo's locks for as long as it likes. A program is known by its process's id and the time it
 * started, as ids are used again.
 */
public record LastProgram(Path folder) {

  private static final System.Logger LOG = System.getLogger(LastProgram.class.getName());
  private static final String FILE = "process";

  void began(ProcessHandle process) {
    try {
      Files.writeString(file(), words(process));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a program that is not noted is not ended later", e);
    }
  }

  void ended() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a note of no program is left", e);
    }
  }

  /** Ends it, if it runs still, and all it started. */
  public void end() throws IOException {
    if (!Files.exists(file())) {
      return;
    }
    String said = Files.readString(file());
    String pid = said.substring(0, Math.max(0, said.indexOf(' ')));
    if (pid.matches("[0-9]{1,9}")) {
      ProcessHandle.of(Long.parseLong(pid))
          .filter(process -> process.info().startInstant().isPresent())
          .filter(process -> words(process).equals(said))
          .ifPresent(LastProgram::kill);
    }
    ended();
  }

  private Path file() {
    return folder.resolve(FILE);
  }

  private static String words(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }

  private static void kill(ProcessHandle process) {
    List<ProcessHandle> below;
    try (Stream<ProcessHandle> all = process.descendants()) {
      below = all.toList();
    }
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
