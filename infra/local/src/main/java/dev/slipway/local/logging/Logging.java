package dev.slipway.local.logging;

import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.ListLogEntriesResponse;
import com.google.logging.v2.LogEntry;
import com.google.logging.v2.LoggingServiceV2Grpc;
import com.google.logging.v2.WriteLogEntriesRequest;
import com.google.logging.v2.WriteLogEntriesResponse;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.server.Calls;
import dev.slipway.local.server.CloudService;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Cloud Logging: {@code LoggingServiceV2.ListLogEntries} of what the services of this cloud logged
 * and of what clients wrote by {@code WriteLogEntries}. An entry can be read as soon as it is there.
 */
public final class Logging implements CloudService {

  private static final int DEFAULT_PAGE = 50;
  private static final int MOST_A_PAGE = 1000;
  private static final String OLDEST_FIRST = "timestamp asc";
  private static final String NEWEST_FIRST = "timestamp desc";

  private static final Comparator<LogEntry> IN_ORDER =
      Comparator.comparing(LogEntry::getTimestamp, Timestamps.comparator())
          .thenComparing(LogEntry::getInsertId);

  private final Written written;
  private final List<LogSource> sources;

  public Logging(Clock clock, List<LogSource> services) {
    written = new Written(clock);
    sources = new ArrayList<>(services);
    sources.add(written);
  }

  @Override
  public List<BindableService> grpc() {
    return List.of(new Api());
  }

  private final class Api extends LoggingServiceV2Grpc.LoggingServiceV2ImplBase {

    @Override
    public void listLogEntries(
        ListLogEntriesRequest request, StreamObserver<ListLogEntriesResponse> call) {
      Calls.answer(call, () -> list(request));
    }

    @Override
    public void writeLogEntries(
        WriteLogEntriesRequest request, StreamObserver<WriteLogEntriesResponse> call) {
      Calls.answer(
          call,
          () -> {
            written.add(request);
            return WriteLogEntriesResponse.getDefaultInstance();
          });
    }
  }

  private ListLogEntriesResponse list(ListLogEntriesRequest request) {
    Predicate<LogEntry> wanted = Filter.parse(request.getFilter()).and(within(request));
    List<LogEntry> found =
        sources.stream()
            .flatMap(source -> source.entries().stream())
            .filter(wanted)
            .sorted(order(request.getOrderBy()))
            .toList();
    int from = Math.min(offset(request.getPageToken()), found.size());
    int size = request.getPageSize() <= 0 ? DEFAULT_PAGE : Math.min(MOST_A_PAGE, request.getPageSize());
    int to = Math.min(found.size(), from + size);
    return ListLogEntriesResponse.newBuilder()
        .addAllEntries(found.subList(from, to))
        .setNextPageToken(to < found.size() ? Integer.toString(to) : "")
        .build();
  }

  private static Predicate<LogEntry> within(ListLogEntriesRequest request) {
    List<String> names = request.getResourceNamesList();
    if (names.isEmpty()) {
      throw Calls.invalid("resource_names must name at least one project.");
    }
    return entry -> names.stream().anyMatch(name -> entry.getLogName().startsWith(name + "/"));
  }

  private static Comparator<LogEntry> order(String asked) {
    return switch (asked) {
      case "", OLDEST_FIRST -> IN_ORDER;
      case NEWEST_FIRST -> IN_ORDER.reversed();
      default ->
          throw Calls.invalid(
              "order_by must be '%s' or '%s'.".formatted(OLDEST_FIRST, NEWEST_FIRST));
    };
  }

  private static int offset(String token) {
    if (!token.matches("\\d{0,9}")) {
      throw Calls.invalid("Invalid page token '%s'.".formatted(token));
    }
    return token.isEmpty() ? 0 : Integer.parseInt(token);
  }
}
