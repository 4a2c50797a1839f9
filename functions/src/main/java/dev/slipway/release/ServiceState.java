package dev.slipway.release;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Cloud Run service as it stands, with what is needed to change just that state.
 *
 * @param name its name
 * @param uri where users reach it
 * @param etag proves to Cloud Run that a change is based on this reading
 * @param settled whether Cloud Run has carried out the last change
 * @param traffic what was asked for
 * @param serving what Cloud Run reports to be in force
 * @param epoch the fencing epoch of the rollout that changed it last, 0 when none did
 * @param candidate the revision asked about
 */
public record ServiceState(
    String name,
    String uri,
    String etag,
    boolean settled,
    List<Target> traffic,
    List<Target> serving,
    long epoch,
    Optional<Revision> candidate) {

  public ServiceState {
    traffic = List.copyOf(traffic);
    serving = List.copyOf(serving);
  }

  /**
   * The revision that serves alone: the single entry with 100%, never merely the first of the list.
   */
  public Optional<String> baseline() {
    return serving.stream().filter(t -> t.percent() == 100).map(Target::revision).findFirst();
  }

  /** Whether what was asked for is in force. */
  boolean servesAsAsked() {
    return shares(traffic).equals(shares(serving));
  }

  /** Percent by revision, of those that have any. */
  static Map<String, Integer> shares(List<Target> targets) {
    return targets.stream()
        .filter(t -> t.percent() > 0)
        .collect(Collectors.toMap(Target::revision, Target::percent, Integer::sum));
  }

  /** The URL that reaches a revision whatever its share. */
  public Optional<String> tagUri(String revision) {
    return serving.stream()
        .filter(t -> t.revision().equals(revision) && t.tag().isPresent())
        .flatMap(t -> t.uri().stream())
        .findFirst();
  }

  /**
   * One entry of the traffic list.
   *
   * @param revision revision name; {@code ""} for "whichever is latest"
   * @param percent 0 to 100
   */
  public record Target(
      String revision, int percent, Optional<String> tag, Optional<String> uri) {}

  /** A revision of the service. */
  public record Revision(String name, Readiness readiness) {}

  /** Whether a revision can serve. */
  public sealed interface Readiness {
    /** Passed its start-up probe. */
    record Ready() implements Readiness {}

    /** Still starting. */
    record Starting() implements Readiness {}

    /** Will not start; {@code why} is Cloud Run's own message. */
    record Broken(String why) implements Readiness {}
  }
}
