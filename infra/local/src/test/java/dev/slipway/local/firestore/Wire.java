package dev.slipway.local.firestore;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.FirestoreGrpc;
import com.google.firestore.v1.FirestoreGrpc.FirestoreBlockingStub;
import com.google.firestore.v1.ListenRequest;
import com.google.firestore.v1.ListenResponse;
import com.google.firestore.v1.Value;
import dev.slipway.local.Clients;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

/** The bare API, for the methods Google's client never calls. */
final class Wire implements AutoCloseable {

  private final Clients clients;
  private final FirestoreBlockingStub api;

  private Wire(Clients clients) {
    this.clients = clients;
    Metadata owner = new Metadata();
    // Without it Google's emulator takes the caller for a browser and lists no collections.
    owner.put(Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER), "Bearer owner");
    api =
        FirestoreGrpc.newBlockingStub(clients.channel())
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(owner));
  }

  static Wire to(String endpoint) {
    return new Wire(Clients.to(endpoint));
  }

  FirestoreBlockingStub api() {
    return api;
  }

  /** Opens a Listen stream. */
  StreamObserver<ListenRequest> listen(StreamObserver<ListenResponse> heard) {
    return FirestoreGrpc.newStub(clients.channel()).listen(heard);
  }

  /** Commits one transform of one document. */
  void commit(String root, String path, FieldTransform transform) {
    CommitRequest.Builder request =
        CommitRequest.newBuilder().setDatabase(root.substring(0, root.lastIndexOf('/')));
    request
        .addWritesBuilder()
        .getTransformBuilder()
        .setDocument(root + "/" + path)
        .addFieldTransforms(transform);
    api.commit(request.build());
  }

  static Value number(Number number) {
    return number instanceof Double
        ? Value.newBuilder().setDoubleValue(number.doubleValue()).build()
        : Value.newBuilder().setIntegerValue(number.longValue()).build();
  }

  @Override
  public void close() {
    clients.close();
  }
}
