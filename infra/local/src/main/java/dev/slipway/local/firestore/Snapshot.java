package dev.slipway.local.firestore;

import com.google.firestore.v1.Document;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The documents of a database as they stood at one moment; read it under the database's lock. */
interface Snapshot {

  /** That moment, in microseconds. */
  long micros();

  /** The document of that name, or null. */
  @Nullable Document get(DocumentName name);

  /** Hands over the documents of the collections selected, in no promised order. */
  void forEach(Selection selection, Consumer<Found> reader);
}
