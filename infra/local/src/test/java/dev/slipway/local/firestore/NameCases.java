package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.firestore.v1.Value;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The methods on single documents and lists, which Google's client does not call itself. */
abstract class NameCases extends Cases {

  private Wire wire;

  NameCases(Peer peer) {
    super(peer);
  }

  @BeforeEach
  void open() {
    wire = Wire.to(endpoint());
  }

  @AfterEach
  void close() {
    if (wire != null) {
      wire.close();
    }
  }

  @Test
  void aDocumentIsCreatedReadUpdatedAndDeleted() {
    Document created = create("a", 1);
    assertThat(created.getName()).isEqualTo(root() + "/col/a");
    assertThat(get("a").getFieldsMap()).isEqualTo(created.getFieldsMap());

    Document updated =
        wire.api()
            .updateDocument(
                UpdateDocumentRequest.newBuilder()
                    .setDocument(document(2).toBuilder().setName(created.getName()))
                    .setUpdateMask(DocumentMask.newBuilder().addFieldPaths("n"))
                    .build());
    assertThat(updated.getFieldsOrThrow("n").getIntegerValue()).isEqualTo(2);

    wire.api()
        .deleteDocument(DeleteDocumentRequest.newBuilder().setName(created.getName()).build());
    assertThatThrownBy(() -> get("a")).satisfies(e -> assertCode(e, Status.Code.NOT_FOUND));
  }

  @Test
  void aDocumentIsGivenAnIdWhereNoneIsNamed() {
    Document created = create("", 1);

    assertThat(created.getName()).matches(".*/col/[A-Za-z0-9]{20}");
  }

  @Test
  void aDocumentIsCreatedOnlyOnce() {
    create("a", 1);

    assertThatThrownBy(() -> create("a", 2))
        .satisfies(e -> assertCode(e, Status.Code.ALREADY_EXISTS));
  }

  @Test
  void deletingWhatDoesNotExistIsFineUnlessItMustExist() {
    DeleteDocumentRequest.Builder delete =
        DeleteDocumentRequest.newBuilder().setName(root() + "/col/none");
    wire.api().deleteDocument(delete.build());

    delete.getCurrentDocumentBuilder().setExists(true);
    assertThatThrownBy(() -> wire.api().deleteDocument(delete.build()))
        .satisfies(e -> assertCode(e, Status.Code.NOT_FOUND));
  }

  @Test
  void documentsAreListedInPages() {
    for (String id : List.of("a", "b", "c", "d", "e")) {
      create(id, 1);
    }

    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      var page =
          wire.api()
              .listDocuments(
                  ListDocumentsRequest.newBuilder()
                      .setParent(root())
                      .setCollectionId("col")
                      .setPageSize(2)
                      .setPageToken(token)
                      .build());
      assertThat(page.getDocumentsCount()).isLessThanOrEqualTo(2);
      page.getDocumentsList()
          .forEach(d -> ids.add(d.getName().substring(d.getName().lastIndexOf('/') + 1)));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(ids).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void collectionsOfTheRootAreListed() {
    create("a", 1);

    assertThat(
            wire.api()
                .listCollectionIds(ListCollectionIdsRequest.newBuilder().setParent(root()).build())
                .getCollectionIdsList())
        .containsExactly("col");
  }

  @Test
  void namesThatCannotBeAreRefused() {
    for (String id : List.of(".", "..", "__reserved__", "x".repeat(1501))) {
      assertThatThrownBy(() -> create(id, 1))
          .as(id)
          .satisfies(e -> assertCode(e, Status.Code.INVALID_ARGUMENT));
    }
  }

  private Document create(String id, long n) {
    return wire.api()
        .createDocument(
            CreateDocumentRequest.newBuilder()
                .setParent(root())
                .setCollectionId("col")
                .setDocumentId(id)
                .setDocument(document(n))
                .build());
  }

  private Document get(String id) {
    return wire.api()
        .getDocument(GetDocumentRequest.newBuilder().setName(root() + "/col/" + id).build());
  }

  private static Document document(long n) {
    return Document.newBuilder()
        .putFields("n", Value.newBuilder().setIntegerValue(n).build())
        .build();
  }

  private static void assertCode(Throwable thrown, Status.Code code) {
    assertThat(((StatusRuntimeException) thrown).getStatus().getCode()).isEqualTo(code);
  }
}
