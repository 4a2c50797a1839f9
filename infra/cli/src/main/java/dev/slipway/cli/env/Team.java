package dev.slipway.cli.env;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A team as its file in {@code infra/gcp/teams} has it, as far as others must know of it.
 *
 * @param environments by name, in the file's order
 */
public record Team(String name, Map<String, Environment> environments) {

  /**
   * One environment: one Google Cloud project.
   *
   * @param number the project's number, which Google's own accounts carry
   * @param region of everything but, where the policy names more, its services
   * @param members everybody the file lets in, as IAM writes members
   * @param publicServices the services the file opens to everyone
   * @param promoteFrom the environment before this one
   */
  public record Environment(
      String project,
      String number,
      String region,
      Set<String> members,
      Set<String> publicServices,
      Optional<String> promoteFrom) {}
}
