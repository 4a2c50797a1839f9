package dev.slipway.local.operations;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.DeleteOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.slipway.local.server.Calls;
import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;

/**
 * The long-running operations of every service ({@code google.longrunning.Operations}), by full
 * name: {@code operations/build/PROJECT/ID}, {@code projects/P/locations/L/operations/ID}.
 */
public final class Operations implements CloudService {

  private final State state;
  private final MVMap<String, byte[]> operations;
  private final Map<String, Consumer<String>> cancellers = new ConcurrentHashMap<>();

  public Operations(State state) {
    this.state = state;
    operations = state.map("operations.operation");
  }

  /** Records an operation under way and returns it. */
  public Operation begin(String name, Message metadata) {
    return save(Operation.newBuilder().setName(name).setMetadata(Any.pack(metadata)).build());
  }

  /** Replaces the metadata of an operation under way. */
  public Operation progress(String name, Message metadata) {
    return save(get(name).toBuilder().setMetadata(Any.pack(metadata)).build());
  }

  /** Ends an operation well. */
  public Operation succeed(String name, Message response) {
    return save(get(name).toBuilder().setDone(true).setResponse(Any.pack(response)).build());
  }

  /** Ends an operation badly. */
  public Operation fail(String name, Status status) {
    var error =
        com.google.rpc.Status.newBuilder()
            .setCode(status.getCode().value())
            .setMessage(status.getDescription() == null ? "" : status.getDescription());
    return save(get(name).toBuilder().setDone(true).setError(error).build());
  }

  /** Lets {@code canceller} act when a client cancels an operation whose name has this prefix. */
  public void onCancel(String namePrefix, Consumer<String> canceller) {
    cancellers.put(namePrefix, canceller);
  }

  /**
   * The operation of that name.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND
   */
  public Operation get(String name) {
    byte[] bytes = operations.get(name);
    if (bytes == null) {
      throw Calls.notFound(name);
    }
    try {
      return Operation.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("operation " + name + " is damaged", e);
    }
  }

  private Operation save(Operation operation) {
    operations.put(operation.getName(), operation.toByteArray());
    state.commit();
    return operation;
  }

  @Override
  public List<BindableService> grpc() {
    return List.of(new Api());
  }

  private final class Api extends OperationsGrpc.OperationsImplBase {

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<Operation> call) {
      Calls.answer(call, () -> get(request.getName()));
    }

    /** Answers at once with the operation as it stands; clients go on asking until it is done. */
    @Override
    public void waitOperation(WaitOperationRequest request, StreamObserver<Operation> call) {
      Calls.answer(call, () -> get(request.getName()));
    }

    @Override
    public void listOperations(
        ListOperationsRequest request, StreamObserver<ListOperationsResponse> call) {
      Calls.answer(
          call,
          () ->
              ListOperationsResponse.newBuilder()
                  .addAllOperations(
                      operations.keySet().stream()
                          .filter(name -> name.startsWith(request.getName()))
                          .map(Operations.this::get)
                          .toList())
                  .build());
    }

    @Override
    public void cancelOperation(CancelOperationRequest request, StreamObserver<Empty> call) {
      Calls.answer(
          call,
          () -> {
            String name = get(request.getName()).getName();
            cancellers.forEach(
                (prefix, canceller) -> {
                  if (name.startsWith(prefix)) {
                    canceller.accept(name);
                  }
                });
            return Empty.getDefaultInstance();
          });
    }

    @Override
    public void deleteOperation(DeleteOperationRequest request, StreamObserver<Empty> call) {
      Calls.answer(
          call,
          () -> {
            operations.remove(get(request.getName()).getName());
            state.commit();
            return Empty.getDefaultInstance();
          });
    }
  }
}
