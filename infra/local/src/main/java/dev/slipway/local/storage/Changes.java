package dev.slipway.local.storage;

import dev.slipway.local.time.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** Tells the listener of each change, off the thread that made it. */
final class Changes implements Consumer<Edit.Event> {

  private static final Logger LOG = System.getLogger(Changes.class.getName());

  private final Scheduler scheduler;
  private final ObjectListener listener;
  private final Resources resources;

  Changes(Scheduler scheduler, ObjectListener listener, Resources resources) {
    this.scheduler = scheduler;
    this.listener = listener;
    this.resources = resources;
  }

  @Override
  public void accept(Edit.Event event) {
    ObjectVersion version = event.version();
    ObjectChange change =
        new ObjectChange(
            event.kind(),
            version.id().bucket(),
            version.id().name(),
            version.generation(),
            resources.object(version).toString());
    scheduler.soon(() -> tell(change));
  }

  private void tell(ObjectChange change) {
    try {
      listener.on(change);
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "the listener failed on %s of %s/%s#%d"
              .formatted(change.kind(), change.bucket(), change.name(), change.generation()),
          e);
    }
  }
}
