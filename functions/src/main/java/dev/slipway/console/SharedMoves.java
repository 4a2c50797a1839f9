package dev.slipway.console;

import dev.slipway.console.ask.Moves;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One listening for as many as want to hear: it begins with the first and ends with the last. */
public final class SharedMoves implements Moves {

  private final Moves source;
  private final Set<Listener> listeners = new HashSet<>();
  private @Nullable Listening listening;

  public SharedMoves(Moves source) {
    this.source = source;
  }

  private final class Listener implements Listening {

    private final Consumer<Move> moved;
    private final Runnable lost;

    Listener(Consumer<Move> moved, Runnable lost) {
      this.moved = moved;
      this.lost = lost;
    }

    @Override
    public void close() {
      leave(this);
    }
  }

  @Override
  public synchronized Listening listen(Consumer<Move> moved, Runnable lost) {
    Listener listener = new Listener(moved, lost);
    if (listening == null) {
      listening = source.listen(this::tell, this::lose);
    }
    listeners.add(listener);
    return listener;
  }

  private synchronized void leave(Listener listener) {
    if (listeners.remove(listener) && listeners.isEmpty()) {
      end();
    }
  }

  private void end() {
    if (listening != null) {
      listening.close();
      listening = null;
    }
  }

  private void tell(Move move) {
    snapshot().forEach(listener -> listener.moved.accept(move));
  }

  /** The next to come begins anew. */
  private void lose() {
    List<Listener> all;
    synchronized (this) {
      all = new ArrayList<>(listeners);
      listeners.clear();
      end();
    }
    all.forEach(listener -> listener.lost.run());
  }

  private synchronized List<Listener> snapshot() {
    return List.copyOf(listeners);
  }
}
