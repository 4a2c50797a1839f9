package dev.slipway.local.firestore;

import com.google.firestore.v1.StructuredQuery.CompositeFilter;
import com.google.firestore.v1.StructuredQuery.FieldFilter;
import com.google.firestore.v1.StructuredQuery.Filter;
import com.google.firestore.v1.StructuredQuery.UnaryFilter;
import com.google.firestore.v1.Value;
import dev.slipway.local.server.Calls;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns a query's filter into a test of documents. */
final class Filters {

  private static final int MAX_IN = 30;
  private static final int MAX_NOT_IN = 10;

  private Filters() {}

  /**
   * The test that {@code filter} stands for; an unset filter lets every document pass.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
   */
  static Predicate<Found> of(Filter filter) {
    return switch (filter.getFilterTypeCase()) {
      case COMPOSITE_FILTER -> composite(filter.getCompositeFilter());
      case FIELD_FILTER -> field(filter.getFieldFilter());
      case UNARY_FILTER -> unary(filter.getUnaryFilter());
      case FILTERTYPE_NOT_SET -> found -> true;
    };
  }

  private static Predicate<Found> composite(CompositeFilter filter) {
    List<Predicate<Found>> parts = filter.getFiltersList().stream().map(Filters::of).toList();
    if (parts.isEmpty()) {
      throw Calls.invalid("A composite filter must have at least one filter.");
    }
    return switch (filter.getOp()) {
      case AND -> found -> parts.stream().allMatch(part -> part.test(found));
      case OR -> found -> parts.stream().anyMatch(part -> part.test(found));
      default -> throw Calls.invalid("A composite filter must be AND or OR.");
    };
  }

  private static Predicate<Found> unary(UnaryFilter filter) {
    FieldPath path = FieldPath.parse(filter.getField().getFieldPath());
    return switch (filter.getOp()) {
      case IS_NULL -> on(path, Value::hasNullValue);
      case IS_NAN -> on(path, ValueOrder::isNan);
      case IS_NOT_NULL -> on(path, value -> !value.hasNullValue());
      case IS_NOT_NAN -> on(path, value -> !value.hasNullValue() && !ValueOrder.isNan(value));
      default -> throw Calls.invalid("A unary filter has no operator.");
    };
  }

  private static Predicate<Found> field(FieldFilter filter) {
    FieldPath path = FieldPath.parse(filter.getField().getFieldPath());
    Value operand = filter.getValue();
    return switch (filter.getOp()) {
      case EQUAL -> on(path, value -> ValueOrder.same(value, operand));
      case NOT_EQUAL ->
          on(path, value -> !value.hasNullValue() && !ValueOrder.same(value, operand));
      case LESS_THAN -> range(path, operand, order -> order < 0);
      case LESS_THAN_OR_EQUAL -> range(path, operand, order -> order <= 0);
      case GREATER_THAN -> range(path, operand, order -> order > 0);
      case GREATER_THAN_OR_EQUAL -> range(path, operand, order -> order >= 0);
      case IN -> {
        List<Value> any = elements(filter, MAX_IN);
        yield on(path, value -> holds(any, value));
      }
      case NOT_IN -> notIn(path, elements(filter, MAX_NOT_IN));
      case ARRAY_CONTAINS ->
          on(path, value -> holds(value.getArrayValue().getValuesList(), operand));
      case ARRAY_CONTAINS_ANY -> {
        List<Value> any = elements(filter, MAX_IN);
        yield on(
            path,
            value ->
                any.stream()
                    .anyMatch(wanted -> holds(value.getArrayValue().getValuesList(), wanted)));
      }
      default -> throw Calls.invalid("A field filter has no operator.");
    };
  }

  private static Predicate<Found> notIn(FieldPath path, List<Value> none) {
    boolean withNull = none.stream().anyMatch(Value::hasNullValue);
    return on(path, value -> !withNull && !value.hasNullValue() && !holds(none, value));
  }

  private static boolean holds(List<Value> values, Value wanted) {
    return values.stream().anyMatch(value -> ValueOrder.same(value, wanted));
  }

  private static List<Value> elements(FieldFilter filter, int most) {
    List<Value> values = filter.getValue().getArrayValue().getValuesList();
    if (values.isEmpty()) {
      throw Calls.invalid(
          "'%s' requires a non-empty ArrayValue.".formatted(filter.getOp().name()));
    }
    if (values.size() > most) {
      throw Calls.invalid(
          "'%s' supports up to %d comparison values."
              .formatted(filter.getOp().name(), most));
    }
    return values;
  }

  /** A range holds values of the operand's type only. */
  private static Predicate<Found> range(FieldPath path, Value operand, IntPredicate within) {
    return on(
        path,
        value ->
            ValueOrder.rank(value) == ValueOrder.rank(operand)
                && ValueOrder.isNan(value) == ValueOrder.isNan(operand)
                && within.test(ValueOrder.INSTANCE.compare(value, operand)));
  }

  /** A document without the field passes no filter on it. */
  private static Predicate<Found> on(FieldPath path, Predicate<Value> test) {
    return found -> {
      @Nullable Value value = found.value(path);
      return value != null && test.test(value);
    };
  }
}
