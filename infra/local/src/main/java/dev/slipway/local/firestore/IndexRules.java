package dev.slipway.local.firestore;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.grpc.Status;
import java.util.List;

/**
 * Refuses queries that Google would refuse for want of an index.
 *
 * <p>Filters for equality are met by merging indexes; a range or order on a single field by its
 * automatic index; anything else needs a declared index of the equalities followed by the orders,
 * in their very directions. Collection groups have no automatic indexes.
 */
final class IndexRules {

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  private final Indexes declared;

  IndexRules(Indexes declared) {
    this.declared = declared;
  }

  /**
   * Checks a query.
   *
   * @param aggregated the fields it sums or averages
   * @throws io.grpc.StatusRuntimeException FAILED_PRECONDITION naming the index to declare
   */
  void require(Query query, List<FieldPath> aggregated) {
    Selection selection = query.selection();
    if (!declared.enforced() || selection.collectionId().isEmpty()) {
      return;
    }
    for (Demand demand : Demand.of(query, aggregated)) {
      String group = selection.collectionId();
      List<Index> usable = declared.usable(group, selection.group(), demand.fields());
      if (!demand.isMetBy(usable)) {
        throw Status.FAILED_PRECONDITION
            .withDescription(explain(demand.ideal(group, selection.group())))
            .asRuntimeException();
      }
    }
  }

  private static String explain(Index missing) {
    boolean single = missing.fields().size() == 1 && !missing.fields().getFirst().path().isName();
    return "The query requires an index. Add it to \"%s\" of firestore.indexes.json%s: %s"
        .formatted(
            single ? "fieldOverrides" : "indexes",
            single ? " (with the field's other indexes)" : "",
            JSON.toJson(single ? missing.override() : missing.json()));
  }
}
