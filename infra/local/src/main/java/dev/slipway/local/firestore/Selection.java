package dev.slipway.local.firestore;

import com.google.firestore.v1.StructuredQuery.CollectionSelector;

/**
 * Which collections a query looks at.
 *
 * @param parent the path of the parent document, empty for the root
 * @param collectionId the collections' id, empty for any
 * @param group whether collections at any depth below the parent count
 */
record Selection(String parent, String collectionId, boolean group) {

  static Selection of(String parent, CollectionSelector selector) {
    return new Selection(parent, selector.getCollectionId(), selector.getAllDescendants());
  }

  /** Whether the collection at {@code path} is among them. */
  boolean covers(String path) {
    String prefix = parent.isEmpty() ? "" : parent + "/";
    if (!path.startsWith(prefix)) {
      return false;
    }
    String below = path.substring(prefix.length());
    int slash = below.lastIndexOf('/');
    boolean deepEnough = group || slash < 0;
    return deepEnough
        && (collectionId.isEmpty() || below.substring(slash + 1).equals(collectionId));
  }
}
