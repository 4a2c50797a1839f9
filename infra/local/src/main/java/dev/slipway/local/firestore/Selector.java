package dev.slipway.local.firestore;

import com.google.firestore.v1.TransactionOptions;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

/** At which moment a request reads. */
sealed interface Selector {

  Selector LATEST = new Latest();

  /** Now, all commits so far included. */
  record Latest() implements Selector {}

  /** At a given time. */
  record At(Timestamp time) implements Selector {}

  /** When the transaction of that id reads. */
  record Within(ByteString transaction) implements Selector {}

  /** In a transaction begun by this very request. */
  record Begin(TransactionOptions options) implements Selector {}
}
