package dev.slipway.log;

import dev.slipway.release.ReleaseId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The function and the release that this thread is at, for what it logs meanwhile. */
public final class LogContext {

  private static final ThreadLocal<@Nullable ReleaseId> RELEASE = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable String> FUNCTION = new ThreadLocal<>();

  private LogContext() {}

  /** Runs {@code work} for a release; within it another release may have its turn. */
  public static void of(ReleaseId release, Runnable work) {
    var unused =
        of(
            release,
            () -> {
              work.run();
              return release;
            });
  }

  /** The same, for work that has a result. */
  public static <T> T of(ReleaseId release, Supplier<T> work) {
    ReleaseId before = RELEASE.get();
    RELEASE.set(release);
    try {
      return work.get();
    } finally {
      if (before == null) {
        RELEASE.remove();
      } else {
        RELEASE.set(before);
      }
    }
  }

  /** Does one invocation of a function, told apart from others in the same process by name. */
  public static <T> T in(String function, Supplier<T> invocation) {
    FUNCTION.set(function);
    try {
      return invocation.get();
    } finally {
      FUNCTION.remove();
    }
  }

  static Optional<String> function() {
    return Optional.ofNullable(FUNCTION.get());
  }

  static Optional<ReleaseId> release() {
    return Optional.ofNullable(RELEASE.get());
  }
}
