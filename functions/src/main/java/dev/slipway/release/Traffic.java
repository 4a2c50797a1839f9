package dev.slipway.release;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A traffic split.
 *
 * @param shares percentages of named revisions, 100 in sum
 * @param tagged the revision that carries the {@linkplain ServiceName#TAG candidate tag}, if any
 * @param epoch fencing epoch of the rollout that sets it
 */
public record Traffic(List<Share> shares, Optional<String> tagged, long epoch) {

  public Traffic {
    shares = List.copyOf(shares);
    int sum = shares.stream().mapToInt(Share::percent).sum();
    if (sum != 100) {
      throw new IllegalArgumentException("traffic adds up to " + sum + ", not 100: " + shares);
    }
  }

  /** All to one revision, nothing tagged. */
  public static Traffic all(String revision, long epoch) {
    return new Traffic(List.of(new Share(revision, 100)), Optional.empty(), epoch);
  }

  /** {@code percent} to the candidate, which stays tagged, the rest to the stable revision. */
  public static Traffic canary(String stable, String candidate, int percent, long epoch) {
    List<Share> shares =
        percent == 0
            ? List.of(new Share(stable, 100))
            : List.of(new Share(stable, 100 - percent), new Share(candidate, percent));
    return new Traffic(shares, Optional.of(candidate), epoch);
  }

  /** The shares a service has been asked for. */
  static List<Share> sharesOf(ServiceState service) {
    return ServiceState.shares(service.traffic()).entrySet().stream()
        .map(share -> new Share(share.getKey(), share.getValue()))
        .toList();
  }

  /** Whether a service has been asked for just these shares. */
  public boolean isAskedOf(ServiceState service) {
    return equalsShares(service.traffic());
  }

  /** Whether just these shares are in force. */
  public boolean isServedBy(ServiceState service) {
    return equalsShares(service.serving());
  }

  private boolean equalsShares(List<ServiceState.Target> targets) {
    return ServiceState.shares(targets)
        .equals(shares.stream().collect(Collectors.toMap(Share::revision, Share::percent)));
  }

  /**
   * What one revision gets.
   *
   * @param percent 1 to 100
   */
  public record Share(String revision, int percent) {
    public Share {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException("a share is 1 to 100 percent, not " + percent);
      }
    }
  }
}
