package dev.slipway.local.monitoring;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.Aggregation;
import com.google.monitoring.v3.Aggregation.Aligner;
import com.google.monitoring.v3.Aggregation.Reducer;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import com.google.monitoring.v3.TypedValue;
import com.google.protobuf.Timestamp;
import dev.slipway.local.server.Calls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Answers one ListTimeSeries request: selects, aligns to periods counted back from the end of the
 * interval, adds up.
 */
final class Series {

  static final String COUNT = "run.googleapis.com/request_count";
  static final String LATENCIES = "run.googleapis.com/request_latencies";
  private static final String METRIC = "metric.labels.";
  private static final String RESOURCE = "resource.labels.";

  /** Monitoring samples Cloud Run each minute; here it does each second, as tests want it. */
  private static final long SAMPLING_SECONDS = 1;

  private final Filter filter;
  private final Aggregation aggregation;
  private final long start;
  private final long end;
  private final long period;
  private final boolean latencies;
  private final Map<Map<String, String>, NavigableMap<Long, Tally>> tallies = new LinkedHashMap<>();

  Series(ListTimeSeriesRequest request) {
    filter = Filter.parse(request.getFilter());
    aggregation = request.getAggregation();
    end = ceiling(request.getInterval().getEndTime());
    start =
        request.getInterval().hasStartTime()
            ? request.getInterval().getStartTime().getSeconds()
            : end - 1;
    if (start > end) {
      throw Calls.invalid("The interval ends before it starts.");
    }
    long asked = aggregation.getAlignmentPeriod().getSeconds();
    period = asked > 0 ? asked : SAMPLING_SECONDS;
    latencies = filter.metricType().equals(LATENCIES);
    if (!latencies && !filter.metricType().equals(COUNT)) {
      throw Calls.notFound("metric type " + filter.metricType());
    }
    Reducer reducer = aggregation.getCrossSeriesReducer();
    if (reducer != Reducer.REDUCE_NONE && reducer != Reducer.REDUCE_SUM) {
      boolean percentile = reducer.name().startsWith("REDUCE_PERCENTILE_");
      if (!latencies || !percentile) {
        throw Calls.invalid("The reducer %s is not supported here.".formatted(reducer));
      }
    }
  }

  private static long ceiling(Timestamp time) {
    return time.getSeconds() + (time.getNanos() > 0 ? 1 : 0);
  }

  Instant from() {
    return Instant.ofEpochSecond(start);
  }

  Instant to() {
    return Instant.ofEpochSecond(end);
  }

  void add(Requests.Sample sample) {
    Map<String, String> fields = fields(sample);
    if (!filter.accepts(fields)) {
      return;
    }
    long second = sample.second().getEpochSecond();
    long periodEnd = end - (end - 1 - second) / period * period;
    tallies
        .computeIfAbsent(group(fields), key -> new TreeMap<>())
        .computeIfAbsent(periodEnd, key -> new Tally())
        .add(sample);
  }

  private Map<String, String> fields(Requests.Sample sample) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("metric.type", latencies ? LATENCIES : COUNT);
    fields.put("resource.type", "cloud_run_revision");
    fields.put("project", sample.project());
    fields.put(METRIC + "response_code", Integer.toString(sample.responseCode()));
    fields.put(METRIC + "response_code_class", sample.responseCode() / 100 + "xx");
    fields.put(RESOURCE + "project_id", sample.project());
    fields.put(RESOURCE + "location", sample.location());
    fields.put(RESOURCE + "service_name", sample.service());
    fields.put(RESOURCE + "revision_name", sample.revision());
    fields.put(RESOURCE + "configuration_name", sample.service());
    return fields;
  }

  /** What is left to tell series apart by: all labels, or those grouped by. */
  private Map<String, String> group(Map<String, String> fields) {
    Map<String, String> left = new TreeMap<>(fields);
    if (aggregation.getCrossSeriesReducer() != Reducer.REDUCE_NONE) {
      Set<String> kept = new HashSet<>();
      for (String field : aggregation.getGroupByFieldsList()) {
        kept.add(
            field
                .replace("metric.label.", METRIC)
                .replace("resource.label.", RESOURCE));
      }
      left.keySet().retainAll(kept);
    }
    return left;
  }

  List<TimeSeries> list() {
    List<TimeSeries> series = new ArrayList<>();
    tallies.forEach((labels, points) -> series.add(series(labels, points)));
    return series;
  }

  private TimeSeries series(Map<String, String> labels, NavigableMap<Long, Tally> points) {
    TimeSeries.Builder series = TimeSeries.newBuilder();
    series.getMetricBuilder().setType(latencies ? LATENCIES : COUNT);
    series.getResourceBuilder().setType("cloud_run_revision");
    labels.forEach(
        (field, value) -> {
          if (field.startsWith(METRIC)) {
            series.getMetricBuilder().putLabels(field.substring(METRIC.length()), value);
          } else if (field.startsWith(RESOURCE)) {
            series.getResourceBuilder().putLabels(field.substring(RESOURCE.length()), value);
          }
        });
    points.descendingMap().forEach((at, tally) -> series.addPoints(point(at, tally)));
    TypedValue value = series.getPoints(0).getValue();
    boolean gauge = value.hasDoubleValue();
    return series
        .setUnit(latencies ? "ms" : "1")
        .setMetricKind(gauge ? MetricKind.GAUGE : MetricKind.DELTA)
        .setValueType(
            gauge
                ? ValueType.DOUBLE
                : value.hasInt64Value() ? ValueType.INT64 : ValueType.DISTRIBUTION)
        .build();
  }

  private Point point(long at, Tally tally) {
    Aligner aligner = aggregation.getPerSeriesAligner();
    TypedValue value = latencies ? reduced(tally, aligner) : tally.counted(aligner, (double) period);
    return Point.newBuilder()
        .setInterval(
            TimeInterval.newBuilder()
                .setStartTime(Timestamp.newBuilder().setSeconds(Math.max(start, at - period)))
                .setEndTime(Timestamp.newBuilder().setSeconds(at)))
        .setValue(value)
        .build();
  }

  /** A percentile over series is taken from their joined distribution, which is finer. */
  private TypedValue reduced(Tally tally, Aligner aligner) {
    return switch (aggregation.getCrossSeriesReducer()) {
      case REDUCE_PERCENTILE_99 -> tally.timed(Aligner.ALIGN_PERCENTILE_99);
      case REDUCE_PERCENTILE_95 -> tally.timed(Aligner.ALIGN_PERCENTILE_95);
      case REDUCE_PERCENTILE_50 -> tally.timed(Aligner.ALIGN_PERCENTILE_50);
      case REDUCE_PERCENTILE_05 -> tally.timed(Aligner.ALIGN_PERCENTILE_05);
      default -> tally.timed(aligner);
    };
  }
}
