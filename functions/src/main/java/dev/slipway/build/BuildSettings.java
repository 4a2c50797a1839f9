package dev.slipway.build;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a team's environment fixes for all its builds.
 *
 * @param project Google Cloud project id
 * @param location region the builds run in, such as {@code europe-west1}
 * @param repository where images go: {@code HOST/PROJECT/REPOSITORY}
 * @param sourceBucket the bucket of canonical archives, which also keeps the build logs
 * @param serviceAccount full resource name of the account builds run as; {@code ""} for the default
 * @param timeout the longest a build may take
 * @param machines what builds run on
 */
public record BuildSettings(
    String project,
    String location,
    String repository,
    String sourceBucket,
    String serviceAccount,
    Duration timeout,
    Machines machines) {

  static final String LOG_FOLDER = "build-logs";

  String parent() {
    return "projects/%s/locations/%s".formatted(project, location);
  }

  String logs() {
    return "gs://" + sourceBucket + "/" + LOG_FOLDER;
  }

  /**
   * Machine types, as Cloud Build names them; {@code ""} for its default, which starts quickest.
   *
   * @param cold for builds that compile every dependency
   * @param warm for builds whose dependencies are in the cache
   * @param paid whether they cost money by the minute
   * @param pool full name of the private pool whose machines they are; empty for Cloud Build's own
   */
  public record Machines(String cold, String warm, boolean paid, Optional<String> pool) {

    /** What a build runs on that names no machine. */
    static final String DEFAULT = "e2-standard-2";

    /** What a build is said to run on in a private pool, at a price that is the pool's. */
    static final String POOL = "private-pool";

    /** One's own machine, where builds cost nothing. */
    public static final Machines UNPAID = new Machines("", "", false, Optional.empty());

    /** The one for a build that finds its dependencies compiled, or does not. */
    String of(boolean cached) {
      return cached ? warm : cold;
    }

    /** The same as prices name it; empty where none is paid for. */
    Optional<String> paidFor(boolean cached) {
      if (pool.isPresent()) {
        return Optional.of(POOL);
      }
      String type = of(cached);
      return paid ? Optional.of(type.isEmpty() ? DEFAULT : typed(type)) : Optional.empty();
    }

    /** {@code e2-highcpu-8} for {@code E2_HIGHCPU_8}. */
    static String typed(String machine) {
      return machine.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Machines of Google's. */
    public Machines(String cold, String warm) {
      this(cold, warm, true, Optional.empty());
    }

    /** Those of a private pool, which says itself what machines it has. */
    public static Machines ofPool(String name) {
      return new Machines("", "", true, Optional.of(name));
    }
  }
}
