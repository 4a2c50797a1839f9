package dev.slipway.cli.doctor;

import dev.slipway.cli.doctor.Rest.Question;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the alerts rest on: that each sweep's line becomes a measure. */
record Alarms(Place place, Refusals refusals, Clock clock) {

  private static final String NAME = "sweeps heard";
  private static final String METRIC = "logging.googleapis.com/user/slipway/oldest-seconds";

  /** Logs become measures within a few minutes. */
  private static final Duration WITHIN = Duration.ofMinutes(15);

  Question sweeps() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String query =
        "view=HEADERS&interval.startTime=%s&interval.endTime=%s&filter=%s"
            .formatted(
                now.minus(WITHIN), now, encoded("metric.type=\"%s\"".formatted(METRIC)));
    return new Question(
        NAME,
        Request.get(place.global("monitoring", "/timeSeries?" + query)),
        refusals.orElse(NAME, this::judged));
  }

  private List<Check> judged(Tree tree) {
    return List.of(
        Refusals.judge(
            NAME,
            !tree.each("timeSeries").isEmpty(),
            "within the last %d minutes".formatted(WITHIN.toMinutes()),
            "none for %d minutes: no release moves, or its alerts are deaf".formatted(WITHIN.toMinutes()),
            "gcloud logging read '\"sweep: oldest_seconds=\"' --project %s --freshness 15m --limit 3"
                .formatted(place.project())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
