package dev.slipway.release;

import java.util.Optional;

/**
 * What stays the same through one rollout.
 *
 * @param revision the candidate's revision
 * @param baseline the revision that served all traffic when it began; empty for a first release
 * @param epoch fencing epoch, one higher than the service's rollout before
 */
public record Rollout(String revision, Optional<String> baseline, long epoch) {

  Rollout withEpoch(long next) {
    return new Rollout(revision, baseline, next);
  }
}
