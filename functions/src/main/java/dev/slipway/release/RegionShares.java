package dev.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How far a rollout is in each of its regions. */
public final class RegionShares {

  private RegionShares() {}

  /** {@code europe-west1 100 %, us-central1 10 %, asia-east1 -}; empty where there is only one. */
  public static String of(Stage stage) {
    return switch (stage) {
      case Stage.Candidate s -> shown(s.rollout().regions(), 0);
      case Stage.Canary s -> shown(s.rollout().regions(), s.percent());
      case Stage.Paused s -> shown(s.rollout().regions(), s.percent());
      case Stage.Watching s -> shown(s.rollout().regions(), 100);
      case Stage.Live s -> shown(s.rollout().regions(), 100);
      case Stage.RollingBack s -> leaving(s.rollout().regions());
      default -> "";
    };
  }

  private static String shown(Regions regions, int percent) {
    List<String> words = new ArrayList<>();
    regions.done().forEach(leg -> words.add(leg.region() + " 100 %"));
    regions.here().ifPresent(region -> words.add("%s %d %%".formatted(region, percent)));
    regions.ahead().forEach(region -> words.add(region + " -"));
    return String.join(", ", words);
  }

  private static String leaving(Regions regions) {
    String before =
        regions.done().reversed().stream().map(leg -> ", then " + leg.region()).collect(Collectors.joining());
    return regions.here().map(region -> region + " goes back" + before).orElse("");
  }
}
