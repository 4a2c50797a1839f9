package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import com.google.firestore.v1.StructuredQuery;
import dev.slipway.local.server.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Requests that list what is below a parent. */
final class Listing {

  private static final int DEFAULT_PAGE = 300;

  private final Databases databases;

  Listing(Databases databases) {
    this.databases = databases;
  }

  ListDocumentsResponse documents(ListDocumentsRequest request) {
    Selector selector =
        switch (request.getConsistencySelectorCase()) {
          case TRANSACTION -> new Selector.Within(request.getTransaction());
          case READ_TIME -> new Selector.At(request.getReadTime());
          case CONSISTENCYSELECTOR_NOT_SET -> Selector.LATEST;
        };
    Database database = databases.database(request.getParent());
    String parent = database.name().parentPath(request.getParent());
    Page<Document> page =
        Page.of(
            database.read(selector, reading -> list(database.name(), parent, request, reading)),
            request.getPageSize(),
            request.getPageToken());
    ListDocumentsResponse.Builder answer = ListDocumentsResponse.newBuilder();
    page.items()
        .forEach(
            document ->
                answer.addDocuments(
                    Documents.masked(document, request.hasMask(), request.getMask())));
    return answer.setNextPageToken(page.next()).build();
  }

  private List<Document> list(
      DatabaseName database, String parent, ListDocumentsRequest request, Reading reading) {
    Selection selection = new Selection(parent, request.getCollectionId(), false);
    if (!request.getShowMissing()) {
      StructuredQuery.Builder query = StructuredQuery.newBuilder();
      query.addFromBuilder().setCollectionId(request.getCollectionId());
      addOrders(query, request.getOrderBy());
      return reading.run(databases.query(parent, query.build())).documents().stream()
          .map(Found::document)
          .toList();
    }
    if (!request.getOrderBy().isEmpty()) {
      throw Calls.invalid("order_by cannot be combined with show_missing.");
    }
    return withMissing(database, selection, reading);
  }

  /** Missing documents are those that have documents below them but are none themselves. */
  private static List<Document> withMissing(
      DatabaseName database, Selection selection, Reading reading) {
    Map<DocumentName, Document> all = new TreeMap<>();
    for (Found found : reading.all(new Selection(selection.parent(), "", true))) {
      DocumentName ancestor = childOf(database, selection.parent(), found.name());
      if (selection.covers(ancestor.collection())) {
        boolean itself = ancestor.equals(found.name());
        Document missing = Document.newBuilder().setName(ancestor.toString()).build();
        all.merge(
            ancestor, itself ? found.document() : missing, (old, one) -> itself ? one : old);
      }
    }
    return List.copyOf(all.values());
  }

  /** The document two segments below {@code parent} on the way to {@code name}. */
  private static DocumentName childOf(DatabaseName database, String parent, DocumentName name) {
    String prefix = parent.isEmpty() ? "" : parent + "/";
    String[] below = name.path().substring(prefix.length()).split("/", -1);
    return new DocumentName(database, prefix + below[0], below[1]);
  }

  private static void addOrders(StructuredQuery.Builder query, String orderBy) {
    for (String order : orderBy.isBlank() ? new String[0] : orderBy.split(",", -1)) {
      String[] words = order.strip().split("\\s+", -1);
      boolean descending = words.length > 1 && words[1].equalsIgnoreCase("desc");
      query
          .addOrderByBuilder()
          .setDirection(
              descending
                  ? StructuredQuery.Direction.DESCENDING
                  : StructuredQuery.Direction.ASCENDING)
          .getFieldBuilder()
          .setFieldPath(words[0]);
    }
  }

  ListCollectionIdsResponse collectionIds(ListCollectionIdsRequest request) {
    Selector selector =
        request.hasReadTime() ? new Selector.At(request.getReadTime()) : Selector.LATEST;
    Database database = databases.database(request.getParent());
    String parent = database.name().parentPath(request.getParent());
    int start = parent.isEmpty() ? 0 : parent.length() + 1;
    List<Found> below =
        database.read(selector, reading -> reading.all(new Selection(parent, "", true)));
    TreeSet<String> ids = new TreeSet<>(Utf8.ORDER);
    for (Found found : below) {
      String path = found.name().path().substring(start);
      ids.add(path.substring(0, path.indexOf('/')));
    }
    Page<String> page =
        Page.of(List.copyOf(ids), request.getPageSize(), request.getPageToken());
    return ListCollectionIdsResponse.newBuilder()
        .addAllCollectionIds(page.items())
        .setNextPageToken(page.next())
        .build();
  }

  /** A page of a list; the token is how many items came before. */
  private record Page<T>(List<T> items, String next) {

    static <T> Page<T> of(List<T> all, int size, String token) {
      int from;
      try {
        from = token.isEmpty() ? 0 : Math.clamp(Integer.parseInt(token), 0, all.size());
      } catch (NumberFormatException e) {
        throw Calls.invalid("Invalid page token \"" + token + "\".");
      }
      int to = Math.min(from + (size > 0 ? size : DEFAULT_PAGE), all.size());
      return new Page<>(
          new ArrayList<>(all.subList(from, to)), to < all.size() ? Integer.toString(to) : "");
    }
  }
}
