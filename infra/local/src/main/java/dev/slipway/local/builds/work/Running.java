package dev.slipway.local.builds.work;

import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The builds under way. */
public final class Running implements AutoCloseable {

  private static final long CLOSE_SECONDS = 10;

  private final Phaser phaser = new Phaser(1);

  /** Does a build. */
  public void during(Runnable build) {
    phaser.register();
    try {
      build.run();
    } finally {
      phaser.arriveAndDeregister();
    }
  }

  /** Waits for the builds under way, which are cancelled by now. */
  @Override
  public void close() {
    int phase = phaser.arrive();
    try {
      phaser.awaitAdvanceInterruptibly(phase, CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      System.getLogger(Running.class.getName())
          .log(System.Logger.Level.WARNING, "a build did not end within {0} s", CLOSE_SECONDS);
    }
  }
}
