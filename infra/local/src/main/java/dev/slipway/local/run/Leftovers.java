package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.local.state.State;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;

/**
 * Remembers which processes run, so that a cloud that was killed leaves none behind for good: the
 * next one ends them. A process is known by its id and the time it started, as ids are used again.
 */
final class Leftovers {

  private final State state;
  private final MVMap<String, byte[]> processes;

  Leftovers(State state) {
    this.state = state;
    processes = state.map("run.process");
  }

  void began(ProcessHandle process) {
    processes.put(Long.toString(process.pid()), began(process.info()).getBytes(UTF_8));
    state.commit();
  }

  /** Forgets it; what is not on disk yet when the cloud is killed does no harm. */
  void ended(long pid) {
    if (!processes.isClosed()) {
      processes.remove(Long.toString(pid));
    }
  }

  /** Ends what an earlier cloud left. */
  void end() {
    for (String pid : List.copyOf(processes.keySet())) {
      String began = new String(processes.get(pid), UTF_8);
      ProcessHandle.of(Long.parseLong(pid))
          .filter(process -> !began.isEmpty() && began(process.info()).equals(began))
          .ifPresent(Leftovers::kill);
      processes.remove(pid);
    }
    state.commit();
  }

  private static void kill(ProcessHandle process) {
    try (Stream<ProcessHandle> below = process.descendants()) {
      List.copyOf(below.toList()).forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }

  private static String began(ProcessHandle.Info info) {
    return info.startInstant().map(Object::toString).orElse("");
  }
}
