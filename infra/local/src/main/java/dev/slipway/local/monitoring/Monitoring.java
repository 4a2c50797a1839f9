package dev.slipway.local.monitoring;

import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesResponse;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.google.monitoring.v3.TimeSeries;
import dev.slipway.local.server.Calls;
import dev.slipway.local.server.CloudService;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * Cloud Monitoring: {@code MetricService.ListTimeSeries} for {@code
 * run.googleapis.com/request_count} and {@code run.googleapis.com/request_latencies}, at once and
 * by the second where Google's come minutes later.
 */
public final class Monitoring implements CloudService {

  private final Requests requests;

  public Monitoring(Requests requests) {
    this.requests = requests;
  }

  @Override
  public List<BindableService> grpc() {
    return List.of(new Api());
  }

  private final class Api extends MetricServiceGrpc.MetricServiceImplBase {

    @Override
    public void listTimeSeries(
        ListTimeSeriesRequest request, StreamObserver<ListTimeSeriesResponse> call) {
      Calls.answer(call, () -> list(request));
    }

    private ListTimeSeriesResponse list(ListTimeSeriesRequest request) {
      Series series = new Series(request);
      String project = request.getName().replaceFirst("^projects/", "");
      for (Requests.Sample sample : requests.read(series.from(), series.to())) {
        if (sample.project().equals(project)) {
          series.add(sample);
        }
      }
      ListTimeSeriesResponse.Builder response = ListTimeSeriesResponse.newBuilder();
      series.list().forEach(found -> response.addTimeSeries(headersOnly(request, found)));
      return response.build();
    }
  }

  private static TimeSeries headersOnly(
      ListTimeSeriesRequest request, TimeSeries found) {
    return request.getView() == ListTimeSeriesRequest.TimeSeriesView.HEADERS
        ? found.toBuilder().clearPoints().build()
        : found;
  }
}
