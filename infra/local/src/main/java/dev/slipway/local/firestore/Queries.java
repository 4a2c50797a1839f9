package dev.slipway.local.firestore;

import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunAggregationQueryResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.StructuredAggregationQuery.Aggregation;
import dev.slipway.local.server.Calls;
import java.util.ArrayList;
import java.util.List;

/** Requests that run a query. */
final class Queries {

  private static final int MAX_AGGREGATIONS = 5;

  private final Databases databases;

  Queries(Databases databases) {
    this.databases = databases;
  }

  List<RunQueryResponse> run(RunQueryRequest request) {
    Selector selector =
        switch (request.getConsistencySelectorCase()) {
          case TRANSACTION -> new Selector.Within(request.getTransaction());
          case NEW_TRANSACTION -> new Selector.Begin(request.getNewTransaction());
          case READ_TIME -> new Selector.At(request.getReadTime());
          case CONSISTENCYSELECTOR_NOT_SET -> Selector.LATEST;
        };
    Database database = databases.database(request.getParent());
    Query query =
        databases.query(
            database.name().parentPath(request.getParent()), request.getStructuredQuery());
    return database.read(selector, reading -> run(query, reading));
  }

  /** The first message carries what is said once; without a result it is the only one. */
  private static List<RunQueryResponse> run(Query query, Reading reading) {
    Query.Results results = reading.run(query);
    List<RunQueryResponse> answers = new ArrayList<>();
    RunQueryResponse first =
        RunQueryResponse.newBuilder()
            .setReadTime(reading.time())
            .setTransaction(reading.begunTransaction())
            .setSkippedResults(results.skipped())
            .build();
    boolean saysMore = results.skipped() > 0 || !first.getTransaction().isEmpty();
    if (results.documents().isEmpty() || saysMore) {
      answers.add(first);
    }
    for (Found found : results.documents()) {
      answers.add(
          RunQueryResponse.newBuilder()
              .setReadTime(reading.time())
              .setDocument(query.shown(found).document())
              .build());
    }
    return answers;
  }

  RunAggregationQueryResponse aggregate(RunAggregationQueryRequest request) {
    Selector selector =
        switch (request.getConsistencySelectorCase()) {
          case TRANSACTION -> new Selector.Within(request.getTransaction());
          case NEW_TRANSACTION -> new Selector.Begin(request.getNewTransaction());
          case READ_TIME -> new Selector.At(request.getReadTime());
          case CONSISTENCYSELECTOR_NOT_SET -> Selector.LATEST;
        };
    var aggregated = request.getStructuredAggregationQuery();
    List<Aggregation> aggregations = aggregated.getAggregationsList();
    if (aggregations.isEmpty() || aggregations.size() > MAX_AGGREGATIONS) {
      throw Calls.invalid("A query takes 1 to %d aggregations.".formatted(MAX_AGGREGATIONS));
    }
    Database database = databases.database(request.getParent());
    Query query =
        databases.query(
            database.name().parentPath(request.getParent()),
            aggregated.getStructuredQuery(),
            Aggregations.fields(aggregations));
    return database.read(
        selector,
        reading ->
            RunAggregationQueryResponse.newBuilder()
                .setReadTime(reading.time())
                .setTransaction(reading.begunTransaction())
                .setResult(Aggregations.of(aggregations, reading.run(query).documents()))
                .build());
  }
}
