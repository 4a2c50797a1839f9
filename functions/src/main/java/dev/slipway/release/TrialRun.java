package dev.slipway.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the program did when the build ran its image once, alone and without a network, and then
 * stopped it as Cloud Run stops an instance: by SIGTERM.
 *
 * @param listens where it listened, {@code 0.0.0.0:8080}; nowhere where it ended or took too long
 * @param handlesTerm whether SIGTERM reaches it at all: to the first process of a container the
 *     system sends it only where there is a handler
 * @param exitCode what it ended with; absent where it was ended by force, untold of SIGTERM
 * @param stopMillis from SIGTERM to its end, in milliseconds; absent where it was sent none
 */
public record TrialRun(
    List<String> listens,
    boolean handlesTerm,
    Optional<Integer> exitCode,
    Optional<Long> stopMillis) {

  /** What Cloud Run waits between SIGTERM and SIGKILL. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** The port it was told in {@code $PORT}. */
  static final int PORT = 8080;

  /** What is wrong with a program that only its own machine can reach, and what to do. */
  public static final String ONLY_LOOPBACK =
      "it listens on loopback only, where Cloud Run cannot reach it: bind to 0.0.0.0 and the port in"
          + " $PORT";

  /** 128 and the number of SIGTERM: what a shell says of a program that it ended. */
  private static final int BY_TERM = 143;

  private static final int BY_KILL = 137;

  private static final String ADVICE =
      ". Cloud Run sends SIGTERM when it stops an instance and kills it 10 s later: handle it, finish"
          + " the open requests, end with exit code 0";

  public TrialRun {
    listens = List.copyOf(listens);
  }

  /** Whether it came as far as to be stopped; without, it says nothing of SIGTERM. */
  boolean isOver() {
    return !listens.isEmpty() && (exitCode.isEmpty() || stopMillis.isPresent());
  }

  /**
   * What is wrong with how it ended; nothing where it could not be tried.
   *
   * @param most the longest it may take
   */
  public Optional<String> fault(Duration most) {
    if (!isOver()) {
      return Optional.empty();
    }
    if (!handlesTerm) {
      return Optional.of("it does not handle SIGTERM" + ADVICE);
    }
    long millis = stopMillis.orElse(0L);
    int code = exitCode.orElse(BY_KILL);
    if (isKilled(millis, code)) {
      return Optional.of("it had not ended 10 s after SIGTERM" + ADVICE);
    }
    if (code != 0 && code != BY_TERM) {
      return Optional.of("it ended with exit code %d on SIGTERM%s".formatted(code, ADVICE));
    }
    return millis > most.toMillis()
        ? Optional.of(
            "it ended %d ms after SIGTERM, the policy allows %d ms%s"
                .formatted(millis, most.toMillis(), ADVICE))
        : Optional.empty();
  }

  private static boolean isKilled(long millis, int code) {
    return code == BY_KILL && millis >= GRACE.toMillis();
  }

  /** Why Cloud Run cannot reach it, where it listened and that can be told. */
  public Optional<String> unreachable() {
    if (listens.isEmpty()) {
      return Optional.empty();
    }
    List<String> onPort = listens.stream().filter(at -> at.endsWith(":" + PORT)).toList();
    if (onPort.isEmpty()) {
      return Optional.of(
          "it listens on %s, not on 0.0.0.0:$PORT (PORT was %d)"
              .formatted(String.join(", ", listens), PORT));
    }
    return onPort.stream().allMatch(TrialRun::isLoopback)
        ? Optional.of(ONLY_LOOPBACK)
        : Optional.empty();
  }

  private static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.startsWith("[::1]:");
  }

  /** All of it in one phrase: {@code listens on 0.0.0.0:8080, ends 12 ms after SIGTERM with 0}. */
  public String words() {
    if (listens.isEmpty()) {
      return exitCode
          .map("could not be tried: it ended with exit code %d before it listened"::formatted)
          .orElse("could not be tried: it listened on no port in time");
    }
    return "listens on " + String.join(", ", listens) + "; " + ending();
  }

  private String ending() {
    if (!isOver()) {
      return "ended with exit code %d before it was stopped".formatted(exitCode.orElse(0));
    }
    if (!handlesTerm) {
      return "does not handle SIGTERM";
    }
    long millis = stopMillis.orElse(0L);
    int code = exitCode.orElse(BY_KILL);
    return isKilled(millis, code)
        ? "had not ended 10 s after SIGTERM"
        : "ended %d ms after SIGTERM with exit code %d".formatted(millis, code);
  }
}
