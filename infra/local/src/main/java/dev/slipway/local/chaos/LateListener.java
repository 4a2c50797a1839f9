package dev.slipway.local.chaos;

import io.grpc.Context;
import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a client sends until its call is begun, then passes it on in order. */
final class LateListener<Q> extends ServerCall.Listener<Q> {

  private interface Happening<Q> {
    void reach(ServerCall.Listener<Q> listener);
  }

  private final List<Happening<Q>> kept = new ArrayList<>();
  private ServerCall.@Nullable Listener<Q> listener;
  private boolean cancelled;

  /** Begins the call in the context it came in, unless its caller gave up meanwhile. */
  Runnable opener(Supplier<ServerCall.Listener<Q>> begin) {
    return Context.current()
        .wrap(
            () -> {
              synchronized (this) {
                if (!cancelled) {
                  listener = begin.get();
                  kept.forEach(each -> each.reach(listener));
                }
              }
            });
  }

  private synchronized void pass(Happening<Q> happening) {
    if (listener == null) {
      kept.add(happening);
    } else {
      happening.reach(listener);
    }
  }

  @Override
  public void onMessage(Q message) {
    pass(to -> to.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    pass(ServerCall.Listener::onHalfClose);
  }

  @Override
  public synchronized void onCancel() {
    cancelled = true;
    pass(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    pass(ServerCall.Listener::onComplete);
  }

  @Override
  public void onReady() {
    pass(ServerCall.Listener::onReady);
  }
}
