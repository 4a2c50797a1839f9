package dev.slipway.local.firestore;

import com.google.firestore.v1.Cursor;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.StructuredQuery;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A structured query, read and checked, ready to run on any snapshot. */
final class Query {

  private final StructuredQuery proto;
  private final Selection selection;
  private final Sorting sorting;
  private final Predicate<Found> filter;

  /**
   * What a run gave.
   *
   * @param documents whole documents, in order
   * @param skipped how many the offset passed over
   */
  record Results(List<Found> documents, int skipped) {}

  private Query(StructuredQuery proto, Selection selection) {
    this.proto = proto;
    this.selection = selection;
    sorting = Sorting.of(proto);
    filter = Filters.of(proto.getWhere()).and(sorting::applies).and(this::isWithinCursors);
  }

  /**
   * Reads a query.
   *
   * @param parent the path of the parent document below the root, empty for the root
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
   */
  static Query of(String parent, StructuredQuery proto) {
    if (proto.getFromCount() != 1) {
      throw Calls.invalid("A query must be from exactly one collection selector.");
    }
    if (proto.hasFindNearest()) {
      throw Status.UNIMPLEMENTED
          .withDescription("The laptop's Firestore has no vector search.")
          .asRuntimeException();
    }
    if (proto.getOffset() < 0 || proto.getLimit().getValue() < 0) {
      throw Calls.invalid("Limit and offset may not be negative.");
    }
    Query query = new Query(proto, Selection.of(parent, proto.getFrom(0)));
    query.requireShort(proto.getStartAt());
    query.requireShort(proto.getEndAt());
    return query;
  }

  private void requireShort(Cursor cursor) {
    if (cursor.getValuesCount() > sorting.orders().size()) {
      throw Calls.invalid("A cursor has more values than the query has orders.");
    }
  }

  StructuredQuery proto() {
    return proto;
  }

  Selection selection() {
    return selection;
  }

  Sorting sorting() {
    return sorting;
  }

  Results run(Snapshot snapshot) {
    List<Found> matching = new ArrayList<>();
    snapshot.forEach(
        selection,
        found -> {
          if (filter.test(found)) {
            matching.add(found);
          }
        });
    matching.sort(sorting);
    int from = Math.min(proto.getOffset(), matching.size());
    int most = proto.hasLimit() ? proto.getLimit().getValue() : Integer.MAX_VALUE;
    int to = (int) Math.min((long) from + most, matching.size());
    return new Results(List.copyOf(matching.subList(from, to)), from);
  }

  /** The document as the query's projection shows it. */
  Found shown(Found found) {
    if (!proto.hasSelect() || proto.getSelect().getFieldsCount() == 0) {
      return found;
    }
    DocumentMask.Builder mask = DocumentMask.newBuilder();
    proto.getSelect().getFieldsList().forEach(field -> mask.addFieldPaths(field.getFieldPath()));
    return new Found(found.name(), Masks.project(found.document(), mask.build()));
  }

  private boolean isWithinCursors(Found found) {
    Cursor start = proto.getStartAt();
    Cursor end = proto.getEndAt();
    int toStart = sorting.compareTo(start.getValuesList(), found);
    int toEnd = sorting.compareTo(end.getValuesList(), found);
    return (!proto.hasStartAt() || toStart > 0 || (toStart == 0 && start.getBefore()))
        && (!proto.hasEndAt() || toEnd < 0 || (toEnd == 0 && !end.getBefore()));
  }
}
