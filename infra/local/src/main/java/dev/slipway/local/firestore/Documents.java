package dev.slipway.local.firestore;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.firestore.v1.Write;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Requests about documents by name. */
final class Documents {

  private final Databases databases;

  Documents(Databases databases) {
    this.databases = databases;
  }

  Document get(GetDocumentRequest request) {
    Selector selector =
        switch (request.getConsistencySelectorCase()) {
          case TRANSACTION -> new Selector.Within(request.getTransaction());
          case READ_TIME -> new Selector.At(request.getReadTime());
          case CONSISTENCYSELECTOR_NOT_SET -> Selector.LATEST;
        };
    Database database = databases.database(request.getName());
    DocumentName name = DocumentName.of(database.name(), request.getName());
    Document document =
        database
            .read(selector, reading -> Optional.ofNullable(reading.get(name)))
            .orElseThrow(
                () ->
                    Status.NOT_FOUND
                        .withDescription("Document \"%s\" not found.".formatted(name))
                        .asRuntimeException());
    return masked(document, request.hasMask(), request.getMask());
  }

  List<BatchGetDocumentsResponse> batchGet(BatchGetDocumentsRequest request) {
    Selector selector =
        switch (request.getConsistencySelectorCase()) {
          case TRANSACTION -> new Selector.Within(request.getTransaction());
          case NEW_TRANSACTION -> new Selector.Begin(request.getNewTransaction());
          case READ_TIME -> new Selector.At(request.getReadTime());
          case CONSISTENCYSELECTOR_NOT_SET -> Selector.LATEST;
        };
    Database database = databases.database(request.getDatabase());
    List<DocumentName> names =
        new LinkedHashSet<>(request.getDocumentsList())
            .stream().map(name -> DocumentName.of(database.name(), name)).toList();
    return database.read(selector, reading -> batchGet(request, names, reading));
  }

  private static List<BatchGetDocumentsResponse> batchGet(
      BatchGetDocumentsRequest request, List<DocumentName> names, Reading reading) {
    List<BatchGetDocumentsResponse> answers = new ArrayList<>();
    if (!reading.begunTransaction().isEmpty()) {
      answers.add(
          BatchGetDocumentsResponse.newBuilder()
              .setTransaction(reading.begunTransaction())
              .setReadTime(reading.time())
              .build());
    }
    for (DocumentName name : names) {
      Document document = reading.get(name);
      BatchGetDocumentsResponse.Builder answer =
          BatchGetDocumentsResponse.newBuilder().setReadTime(reading.time());
      if (document == null) {
        answer.setMissing(name.toString());
      } else {
        answer.setFound(masked(document, request.hasMask(), request.getMask()));
      }
      answers.add(answer.build());
    }
    return answers;
  }

  static Document masked(Document document, boolean wanted, DocumentMask mask) {
    return wanted ? Masks.project(document, mask) : document;
  }

  Document create(CreateDocumentRequest request) {
    String id =
        request.getDocumentId().isEmpty()
            ? UUID.randomUUID().toString().replace("-", "").substring(0, 20)
            : request.getDocumentId();
    String name = request.getParent() + "/" + request.getCollectionId() + "/" + id;
    Write write =
        Write.newBuilder()
            .setUpdate(request.getDocument().toBuilder().setName(name))
            .setCurrentDocument(Precondition.newBuilder().setExists(false))
            .build();
    return written(name, write, request.hasMask(), request.getMask());
  }

  Document update(UpdateDocumentRequest request) {
    Write.Builder write = Write.newBuilder().setUpdate(request.getDocument());
    if (request.hasUpdateMask()) {
      write.setUpdateMask(request.getUpdateMask());
    }
    if (request.hasCurrentDocument()) {
      write.setCurrentDocument(request.getCurrentDocument());
    }
    return written(
        request.getDocument().getName(), write.build(), request.hasMask(), request.getMask());
  }

  private Document written(String name, Write write, boolean wanted, DocumentMask mask) {
    Database database = databases.database(name);
    DocumentName read = DocumentName.of(database.name(), name);
    var committed = database.commit(List.of(write), ByteString.EMPTY);
    Document document =
        database
            .read(
                new Selector.At(committed.getCommitTime()),
                reading -> Optional.ofNullable(reading.get(read)))
            .orElseThrow();
    return masked(document, wanted, mask);
  }

  Empty delete(DeleteDocumentRequest request) {
    Write.Builder write = Write.newBuilder().setDelete(request.getName());
    if (request.hasCurrentDocument()) {
      write.setCurrentDocument(request.getCurrentDocument());
    }
    databases
        .database(request.getName())
        .commit(List.of(write.build()), ByteString.EMPTY);
    return Empty.getDefaultInstance();
  }
}
