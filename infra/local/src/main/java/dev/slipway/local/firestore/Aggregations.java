package dev.slipway.local.firestore;

import com.google.firestore.v1.AggregationResult;
import com.google.firestore.v1.StructuredAggregationQuery.Aggregation;
import com.google.firestore.v1.Value;
import com.google.protobuf.NullValue;
import dev.slipway.local.server.Calls;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** Counts, sums and averages the results of a query. */
final class Aggregations {

  private Aggregations() {}

  static AggregationResult of(List<Aggregation> aggregations, List<Found> documents) {
    List<FieldPath> fields = fields(aggregations);
    List<Found> complete =
        documents.stream()
            .filter(found -> fields.stream().allMatch(field -> found.value(field) != null))
            .toList();
    AggregationResult.Builder result = AggregationResult.newBuilder();
    for (int i = 0; i < aggregations.size(); i++) {
      Aggregation aggregation = aggregations.get(i);
      String alias =
          aggregation.getAlias().isEmpty() ? "field_" + (i + 1) : aggregation.getAlias();
      result.putAggregateFields(alias, one(aggregation, complete));
    }
    return result.build();
  }

  /** The fields aggregated; only documents that have all of them count. */
  static List<FieldPath> fields(List<Aggregation> aggregations) {
    List<FieldPath> fields = new ArrayList<>();
    for (Aggregation aggregation : aggregations) {
      if (aggregation.hasSum()) {
        fields.add(FieldPath.parse(aggregation.getSum().getField().getFieldPath()));
      } else if (aggregation.hasAvg()) {
        fields.add(FieldPath.parse(aggregation.getAvg().getField().getFieldPath()));
      }
    }
    return fields;
  }

  private static Value one(Aggregation aggregation, List<Found> documents) {
    return switch (aggregation.getOperatorCase()) {
      case COUNT -> count(aggregation.getCount(), documents.size());
      case SUM -> sum(numbers(documents, aggregation.getSum().getField().getFieldPath()));
      case AVG -> average(numbers(documents, aggregation.getAvg().getField().getFieldPath()));
      case OPERATOR_NOT_SET -> throw Calls.invalid("An aggregation has no operator.");
    };
  }

  private static Value count(Aggregation.Count count, int documents) {
    long most = count.hasUpTo() ? count.getUpTo().getValue() : Long.MAX_VALUE;
    return Value.newBuilder().setIntegerValue(Math.min(documents, most)).build();
  }

  private static List<Value> numbers(List<Found> documents, String path) {
    FieldPath field = FieldPath.parse(path);
    return documents.stream()
        .map(found -> found.value(field))
        .filter(Objects::nonNull)
        .filter(ValueOrder::isNumber)
        .toList();
  }

  /** An integer where all are and the sum fits, else a double. */
  private static Value sum(List<Value> numbers) {
    if (numbers.stream().allMatch(Value::hasIntegerValue)) {
      BigInteger sum = exact(numbers);
      return sum.bitLength() < Long.SIZE
          ? Value.newBuilder().setIntegerValue(sum.longValue()).build()
          : Value.newBuilder().setDoubleValue(sum.doubleValue()).build();
    }
    return Value.newBuilder().setDoubleValue(doubles(numbers).sum()).build();
  }

  private static Value average(List<Value> numbers) {
    if (numbers.isEmpty()) {
      return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    }
    double sum =
        numbers.stream().allMatch(Value::hasIntegerValue)
            ? exact(numbers).doubleValue()
            : doubles(numbers).sum();
    return Value.newBuilder().setDoubleValue(sum / numbers.size()).build();
  }

  private static BigInteger exact(List<Value> numbers) {
    return numbers.stream()
        .map(value -> BigInteger.valueOf(value.getIntegerValue()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static DoubleStream doubles(List<Value> numbers) {
    return numbers.stream()
        .mapToDouble(
            value -> value.hasIntegerValue() ? value.getIntegerValue() : value.getDoubleValue());
  }
}
