package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import dev.slipway.local.server.Calls;
import dev.slipway.local.time.Scheduler;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;

/** A unary pull, answered as soon as there is a message or the wait is over. */
final class PullCall implements Outlet.Sink {

  /** How long a pull waits for a first message before it is answered with none. */
  static final Duration WAIT = Duration.ofSeconds(30);

  private static final int MAX_MESSAGES = 1000;
  private static final int MAX_BYTES = 1 << 20;

  private final ServerCallStreamObserver<PullResponse> call;

  private PullCall(ServerCallStreamObserver<PullResponse> call) {
    this.call = call;
  }

  /** Answers {@code request} now or later. */
  @SuppressWarnings("deprecation") // return_immediately is deprecated, and served all the same
  static void start(
      Backlog backlog,
      PullRequest request,
      ServerCallStreamObserver<PullResponse> call,
      Scheduler scheduler) {
    if (request.getMaxMessages() <= 0) {
      throw Calls.invalid(
          ("The value for max_messages is too small. You passed %d in the request, but the"
              + " minimum value is 1.")
              .formatted(request.getMaxMessages()));
    }
    PullCall pull = new PullCall(call);
    int messages = Math.min(request.getMaxMessages(), MAX_MESSAGES);
    Outlet outlet = Outlet.once(pull, Outlet.Limits.of(messages, MAX_BYTES));
    call.setOnCancelHandler(() -> backlog.detach(outlet));
    boolean served = backlog.offer(outlet);
    if (!served) {
      Duration wait = request.getReturnImmediately() ? Duration.ZERO : WAIT;
      scheduler.schedule(wait, () -> pull.giveUp(backlog, outlet));
    }
  }

  private void giveUp(Backlog backlog, Outlet outlet) {
    if (backlog.detach(outlet)) {
      take(List.of());
    }
  }

  @Override
  public void take(List<Delivery> batch) {
    PullResponse.Builder response = PullResponse.newBuilder();
    batch.forEach(delivery -> response.addReceivedMessages(delivery.toReceivedMessage()));
    call.onNext(response.build());
    call.onCompleted();
  }

  @Override
  public void end(Status why) {
    call.onError(why.asRuntimeException());
  }
}
