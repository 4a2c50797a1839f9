package dev.slipway.cli.log;

import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which entries of Cloud Logging are asked for: a filter in Google's query language. What builds
 * print is not among them: see {@link BuildRows}.
 */
record LogQuery(List<String> conditions) {

  private static final String NO_BUILDS = "resource.type != \"build\"";

  static LogQuery everything() {
    return new LogQuery(List.of(NO_BUILDS));
  }

  /** What functions and the revision itself logged of a release. */
  static LogQuery of(ReleaseId release) {
    return new LogQuery(
        List.of(
            NO_BUILDS,
            """
            (labels.release = "%s" OR (resource.type = "cloud_run_revision"\
             AND resource.labels.revision_name = "%s"))"""
                .formatted(release, release.revision())));
  }

  /** The same of every release of a service. */
  static LogQuery of(ServiceName service) {
    return new LogQuery(
        List.of(
            NO_BUILDS,
            """
            (labels.service = "%s" OR (resource.type = "cloud_run_revision"\
             AND labels.function != "%s" AND resource.labels.service_name = "%s"))"""
                .formatted(service, service, service)));
  }

  /** Leaves out the requests a service answered, of which there can be very many. */
  LogQuery withoutRequests(String project) {
    return and(
        List.of("logName != \"projects/%s/logs/run.googleapis.com%%2Frequests\"".formatted(project)));
  }

  LogQuery within(Period period) {
    return and(period.conditions());
  }

  private LogQuery and(List<String> more) {
    return new LogQuery(Stream.concat(conditions.stream(), more.stream()).toList());
  }

  String filter() {
    return String.join(" AND ", conditions);
  }
}
