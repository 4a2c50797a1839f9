package dev.slipway.build;

import dev.slipway.release.BuildOrder;
import dev.slipway.release.BuildState;
import dev.slipway.release.ReleaseId;
import java.util.List;
import java.util.Optional;

/** The port to the build service. */
public interface Builds {

  /** Every build tagged with the release, oldest first: a lost answer's build is found again. */
  List<BuildState> find(ReleaseId release);

  /** Every build of Slipway's that is queued or at work, whatever release it is for. */
  List<BuildState> running();

  /** One build, or empty when there is none of that id or it is not Slipway's. */
  Optional<BuildState> get(String buildId);

  /**
   * Submits a build. Not idempotent: look with {@link #find} first.
   *
   * @return the build's id
   */
  String submit(BuildOrder order);

  /** Stops a build; one that has ended stays as it is. */
  void cancel(String buildId);
}
