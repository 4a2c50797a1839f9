package dev.slipway.local.firestore;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.BeginTransactionResponse;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.FirestoreGrpc;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import com.google.firestore.v1.ListenRequest;
import com.google.firestore.v1.ListenResponse;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunAggregationQueryResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.protobuf.Empty;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The methods of {@code google.firestore.v1.Firestore}, each handed to who knows about it. */
final class Api extends FirestoreGrpc.FirestoreImplBase {

  private final Databases databases;
  private final Documents documents;
  private final Queries queries;
  private final Listing listing;

  Api(Databases databases) {
    this.databases = databases;
    documents = new Documents(databases);
    queries = new Queries(databases);
    listing = new Listing(databases);
  }

  @Override
  public void getDocument(GetDocumentRequest request, StreamObserver<Document> call) {
    Calls.answer(call, () -> documents.get(request));
  }

  @Override
  public void batchGetDocuments(
      BatchGetDocumentsRequest request, StreamObserver<BatchGetDocumentsResponse> call) {
    Calls.answerAll(call, () -> documents.batchGet(request));
  }

  @Override
  public void createDocument(CreateDocumentRequest request, StreamObserver<Document> call) {
    Calls.answer(call, () -> documents.create(request));
  }

  @Override
  public void updateDocument(UpdateDocumentRequest request, StreamObserver<Document> call) {
    Calls.answer(call, () -> documents.update(request));
  }

  @Override
  public void deleteDocument(DeleteDocumentRequest request, StreamObserver<Empty> call) {
    Calls.answer(call, () -> documents.delete(request));
  }

  @Override
  public void commit(CommitRequest request, StreamObserver<CommitResponse> call) {
    Calls.answer(
        call,
        () ->
            databases
                .database(request.getDatabase())
                .commit(request.getWritesList(), request.getTransaction()));
  }

  @Override
  public void batchWrite(BatchWriteRequest request, StreamObserver<BatchWriteResponse> call) {
    Calls.answer(
        call, () -> databases.database(request.getDatabase()).batch(request.getWritesList()));
  }

  @Override
  public void beginTransaction(
      BeginTransactionRequest request, StreamObserver<BeginTransactionResponse> call) {
    Calls.answer(
        call,
        () ->
            BeginTransactionResponse.newBuilder()
                .setTransaction(
                    databases.database(request.getDatabase()).begin(request.getOptions()).id())
                .build());
  }

  /** Answers OK whatever has become of the transaction: clients roll back aborted ones, too. */
  @Override
  public void rollback(RollbackRequest request, StreamObserver<Empty> call) {
    Calls.answer(
        call,
        () -> {
          databases.database(request.getDatabase()).rollback(request.getTransaction());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void runQuery(RunQueryRequest request, StreamObserver<RunQueryResponse> call) {
    Calls.answerAll(call, () -> queries.run(request));
  }

  @Override
  public void runAggregationQuery(
      RunAggregationQueryRequest request, StreamObserver<RunAggregationQueryResponse> call) {
    Calls.answerAll(call, () -> List.of(queries.aggregate(request)));
  }

  @Override
  public void listDocuments(
      ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> call) {
    Calls.answer(call, () -> listing.documents(request));
  }

  @Override
  public void listCollectionIds(
      ListCollectionIdsRequest request, StreamObserver<ListCollectionIdsResponse> call) {
    Calls.answer(call, () -> listing.collectionIds(request));
  }

  @Override
  public StreamObserver<ListenRequest> listen(StreamObserver<ListenResponse> client) {
    return new Listener(databases, client);
  }
}
