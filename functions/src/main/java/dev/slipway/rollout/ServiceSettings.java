package dev.slipway.rollout;

import java.util.Map;
import java.util.Optional;

/**
 * What the team says of a service's revisions; each release brings it along. What is empty stays as
 * it is on the service.
 *
 * @param cpu CPUs of an instance, as {@code 1} or {@code 500m}
 * @param memory of an instance, as {@code 512Mi}
 * @param concurrency requests an instance takes at once
 * @param timeoutSeconds of a request
 * @param minInstances kept warm
 * @param maxInstances at most
 * @param env variables by name
 * @param secrets variables that come from Secret Manager, by name
 */
public record ServiceSettings(
    Optional<String> cpu,
    Optional<String> memory,
    Optional<Integer> concurrency,
    Optional<Integer> timeoutSeconds,
    Optional<Integer> minInstances,
    Optional<Integer> maxInstances,
    Map<String, String> env,
    Map<String, Secret> secrets) {

  /**
   * A version of a secret; what is in it is nowhere here.
   *
   * @param id of the secret in the service's project
   * @param version its number
   */
  public record Secret(String id, String version) {}

  public ServiceSettings {
    env = Map.copyOf(env);
    secrets = Map.copyOf(secrets);
  }
}
