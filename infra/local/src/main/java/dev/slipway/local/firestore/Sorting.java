package dev.slipway.local.firestore;

import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.Direction;
import com.google.firestore.v1.StructuredQuery.FieldFilter;
import com.google.firestore.v1.StructuredQuery.Filter;
import com.google.firestore.v1.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The whole order of a query's results: what it asks for, then the fields it has inequalities on,
 * then the name, in the last direction asked for. A document must have every field of it.
 *
 * @param orders all of them, the name always among them
 */
record Sorting(List<By> orders) implements Comparator<Found> {

  /** One field and its direction. */
  record By(FieldPath path, boolean descending) {}

  static Sorting of(StructuredQuery query) {
    List<By> orders = new ArrayList<>();
    query
        .getOrderByList()
        .forEach(
            order ->
                orders.add(
                    new By(
                        FieldPath.parse(order.getField().getFieldPath()),
                        order.getDirection() == Direction.DESCENDING)));
    boolean last = !orders.isEmpty() && orders.getLast().descending();
    Set<FieldPath> implied = new TreeSet<>();
    collectInequalities(query.getWhere(), implied);
    orders.forEach(by -> implied.remove(by.path()));
    boolean named = orders.stream().anyMatch(by -> by.path().isName());
    if (!named) {
      implied.remove(FieldPath.NAME);
      implied.forEach(path -> orders.add(new By(path, last)));
      orders.add(new By(FieldPath.NAME, last));
    }
    return new Sorting(List.copyOf(orders));
  }

  private static void collectInequalities(Filter filter, Set<FieldPath> into) {
    switch (filter.getFilterTypeCase()) {
      case COMPOSITE_FILTER ->
          filter.getCompositeFilter().getFiltersList().forEach(f -> collectInequalities(f, into));
      case FIELD_FILTER -> {
        if (isInequality(filter.getFieldFilter().getOp())) {
          into.add(FieldPath.parse(filter.getFieldFilter().getField().getFieldPath()));
        }
      }
      case UNARY_FILTER -> {
        if (isInequality(filter.getUnaryFilter().getOp())) {
          into.add(FieldPath.parse(filter.getUnaryFilter().getField().getFieldPath()));
        }
      }
      case FILTERTYPE_NOT_SET -> {}
    }
  }

  static boolean isInequality(FieldFilter.Operator operator) {
    return switch (operator) {
      case LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          NOT_EQUAL,
          NOT_IN ->
          true;
      default -> false;
    };
  }

  static boolean isInequality(StructuredQuery.UnaryFilter.Operator operator) {
    return switch (operator) {
      case IS_NOT_NULL, IS_NOT_NAN -> true;
      default -> false;
    };
  }

  /** Whether the document has every field of the order. */
  boolean applies(Found found) {
    return orders.stream().allMatch(by -> found.value(by.path()) != null);
  }

  @Override
  public int compare(Found left, Found right) {
    for (By by : orders) {
      int order =
          by.path().isName()
              ? left.name().compareTo(right.name())
              : values(left.value(by.path()), right.value(by.path()));
      if (order != 0) {
        return by.descending() ? -order : order;
      }
    }
    return 0;
  }

  private static int values(@Nullable Value left, @Nullable Value right) {
    return left == null || right == null ? 0 : ValueOrder.INSTANCE.compare(left, right);
  }

  /** Where a document stands to a position, given as the values of the first orders. */
  int compareTo(List<Value> position, Found found) {
    for (int i = 0; i < position.size(); i++) {
      By by = orders.get(i);
      int order = values(found.value(by.path()), position.get(i));
      if (order != 0) {
        return by.descending() ? -order : order;
      }
    }
    return 0;
  }
}
