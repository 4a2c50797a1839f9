package dev.slipway.cli.log;

import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/** Which entries of Cloud Logging are asked for: a filter in Google's query language. */
record LogQuery(List<String> conditions) {

  static LogQuery everything() {
    return new LogQuery(List.of());
  }

  /** What functions, builds and the revision itself logged of a release. */
  static LogQuery of(ReleaseId release) {
    return new LogQuery(
        List.of(
            """
            (labels.release = "%s" OR %s OR (resource.type = "cloud_run_revision"\
             AND resource.labels.revision_name = "%s"))"""
                .formatted(release, built(release.buildTag()), release.revision())));
  }

  /** The same of every release of a service. */
  static LogQuery of(ServiceName service) {
    return new LogQuery(
        List.of(
            """
            (labels.service = "%s" OR %s OR (resource.type = "cloud_run_revision"\
             AND labels.function != "%s" AND resource.labels.service_name = "%s"))"""
                .formatted(service, built("service-" + service), service, service)));
  }

  private static String built(String tag) {
    return "(resource.type = \"build\" AND labels.build_tags =~ \"(^|,)%s(,|$)\")".formatted(tag);
  }

  /** Leaves out the requests a service answered, of which there can be very many. */
  LogQuery withoutRequests(String project) {
    String noRequests =
        "logName != \"projects/%s/logs/run.googleapis.com%%2Frequests\"".formatted(project);
    return new LogQuery(Stream.concat(conditions.stream(), Stream.of(noRequests)).toList());
  }

  String filter() {
    return String.join(" AND ", conditions);
  }
}
