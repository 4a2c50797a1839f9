package dev.slipway.local.server;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;

/** Answers gRPC calls. */
public final class Calls {

  private static final Logger LOG = System.getLogger(Calls.class.getName());

  private Calls() {}

  /**
   * Sends what {@code answer} returns; a {@link StatusRuntimeException} it throws becomes the
   * call's status, anything else INTERNAL with the message.
   */
  public static <T> void answer(StreamObserver<T> call, Supplier<? extends T> answer) {
    answerAll(call, () -> List.of(answer.get()));
  }

  /** As {@link #answer}, for a call that is answered by a stream of messages. */
  public static <T> void answerAll(
      StreamObserver<T> call, Supplier<? extends List<? extends T>> answers) {
    List<? extends T> values;
    try {
      values = answers.get();
    } catch (StatusRuntimeException e) {
      call.onError(e);
      return;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a call failed", e);
      call.onError(Status.INTERNAL.withDescription(e.toString()).withCause(e).asRuntimeException());
      return;
    }
    values.forEach(call::onNext);
    call.onCompleted();
  }

  /** NOT_FOUND, naming the resource as Google does. */
  public static StatusRuntimeException notFound(String resource) {
    return Status.NOT_FOUND
        .withDescription("Resource not found (resource=" + resource + ").")
        .asRuntimeException();
  }

  /** ALREADY_EXISTS, naming the resource as Google does. */
  public static StatusRuntimeException alreadyExists(String resource) {
    return Status.ALREADY_EXISTS
        .withDescription("Resource already exists in the project (resource=" + resource + ").")
        .asRuntimeException();
  }

  /** INVALID_ARGUMENT. */
  public static StatusRuntimeException invalid(String why) {
    return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
  }
}
