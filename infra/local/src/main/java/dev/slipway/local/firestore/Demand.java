package dev.slipway.local.firestore;

import com.google.firestore.v1.StructuredQuery.CompositeFilter;
import com.google.firestore.v1.StructuredQuery.FieldFilter;
import com.google.firestore.v1.StructuredQuery.Filter;
import com.google.firestore.v1.StructuredQuery.UnaryFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one alternative of a query (its ORs multiplied out) asks of the indexes.
 *
 * @param equalities the fields held fast, ASCENDING for a value and CONTAINS for an array's element
 * @param orders the fields ordered by, the name left out
 * @param name the direction of the name, which ends every order
 */
record Demand(Set<Index.Part> equalities, List<Index.Part> orders, Index.Mode name) {

  /** A field held fast: its direction in the index does not matter. */
  static Index.Part equality(Index.Part part) {
    return part.mode() == Index.Mode.DESCENDING
        ? new Index.Part(part.path(), Index.Mode.ASCENDING)
        : part;
  }

  /** The alternatives of {@code query}, whose aggregated fields must be in the index, too. */
  static List<Demand> of(Query query, List<FieldPath> aggregated) {
    return alternatives(query.proto().getWhere()).stream()
        .map(equalities -> demand(equalities, query.sorting(), aggregated))
        .toList();
  }

  private static Demand demand(
      Set<Index.Part> equalities, Sorting sorting, List<FieldPath> aggregated) {
    Set<FieldPath> placed = new HashSet<>(List.of(FieldPath.NAME));
    for (Index.Part part : equalities) {
      if (part.mode() == Index.Mode.ASCENDING) {
        placed.add(part.path());
      }
    }
    List<Index.Part> orders = new ArrayList<>();
    Index.Mode name = Index.Mode.ASCENDING;
    for (Sorting.By by : sorting.orders()) {
      Index.Mode mode = Index.Mode.of(by.descending());
      if (by.path().isName()) {
        name = mode;
      } else if (placed.add(by.path())) {
        orders.add(new Index.Part(by.path(), mode));
      }
    }
    for (FieldPath field : aggregated) {
      if (placed.add(field)) {
        orders.add(new Index.Part(field, name));
      }
    }
    return new Demand(equalities, List.copyOf(orders), name);
  }

  private static List<Set<Index.Part>> alternatives(Filter filter) {
    return switch (filter.getFilterTypeCase()) {
      case COMPOSITE_FILTER -> composite(filter.getCompositeFilter());
      case FIELD_FILTER -> List.of(field(filter.getFieldFilter()));
      case UNARY_FILTER -> List.of(unary(filter.getUnaryFilter()));
      case FILTERTYPE_NOT_SET -> List.of(Set.of());
    };
  }

  private static List<Set<Index.Part>> composite(CompositeFilter filter) {
    List<Set<Index.Part>> all = new ArrayList<>();
    if (filter.getOp() == CompositeFilter.Operator.OR) {
      filter.getFiltersList().forEach(part -> all.addAll(alternatives(part)));
      return all;
    }
    all.add(Set.of());
    for (Filter part : filter.getFiltersList()) {
      List<Set<Index.Part>> product = new ArrayList<>();
      for (Set<Index.Part> left : all) {
        for (Set<Index.Part> right : alternatives(part)) {
          Set<Index.Part> both = new LinkedHashSet<>(left);
          both.addAll(right);
          product.add(both);
        }
      }
      all.clear();
      all.addAll(product);
    }
    return all;
  }

  private static Set<Index.Part> field(FieldFilter filter) {
    FieldPath path = FieldPath.parse(filter.getField().getFieldPath());
    if (path.isName()) {
      return Set.of();
    }
    return switch (filter.getOp()) {
      case EQUAL, IN -> Set.of(new Index.Part(path, Index.Mode.ASCENDING));
      case ARRAY_CONTAINS, ARRAY_CONTAINS_ANY ->
          Set.of(new Index.Part(path, Index.Mode.CONTAINS));
      default -> Set.of();
    };
  }

  private static Set<Index.Part> unary(UnaryFilter filter) {
    return Sorting.isInequality(filter.getOp())
        ? Set.of()
        : Set.of(
            new Index.Part(
                FieldPath.parse(filter.getField().getFieldPath()), Index.Mode.ASCENDING));
  }

  /** The fields it has to do with, each once. */
  List<FieldPath> fields() {
    Set<FieldPath> fields = new LinkedHashSet<>();
    equalities.forEach(part -> fields.add(part.path()));
    orders.forEach(part -> fields.add(part.path()));
    return List.copyOf(fields);
  }

  /** The one index that would meet it. */
  Index ideal(String collectionGroup, boolean group) {
    List<Index.Part> parts = new ArrayList<>(equalities);
    parts.addAll(orders);
    boolean implied =
        !parts.isEmpty() && Index.Mode.of(parts.getLast().mode() == Index.Mode.DESCENDING) == name;
    if (!implied) {
      parts.add(new Index.Part(FieldPath.NAME, name));
    }
    return new Index(collectionGroup, group, List.copyOf(parts));
  }

  /** Whether {@code usable} indexes, several of them merged if need be, meet it. */
  boolean isMetBy(List<Index> usable) {
    if (fields().isEmpty() && name == Index.Mode.ASCENDING) {
      return true;
    }
    Set<Index.Part> served = new HashSet<>();
    boolean any = false;
    for (Index index : usable) {
      Optional<Set<Index.Part>> by = index.serves(this);
      any |= by.isPresent();
      by.ifPresent(served::addAll);
    }
    return any && served.containsAll(equalities);
  }
}
