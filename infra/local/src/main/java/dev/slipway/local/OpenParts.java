package dev.slipway.local;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is open of a cloud; closing it closes all of them, the last opened first. */
final class OpenParts implements AutoCloseable {

  private static final Logger LOG = System.getLogger(OpenParts.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Takes {@code part} in charge. */
  <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** The same for something that may need no closing. */
  void closeLater(Object part) {
    if (part instanceof AutoCloseable closeable) {
      open.push(closeable);
    }
  }

  /** One that fails to close does not keep the others open. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "closing " + next.getClass().getSimpleName(), e);
      }
    }
  }
}
