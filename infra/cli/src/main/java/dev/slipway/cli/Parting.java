package dev.slipway.cli;

/** Says something if the process is ended before this is closed, as by Ctrl-C. */
final class Parting implements AutoCloseable {

  private final Thread hook;

  private Parting(Thread hook) {
    this.hook = hook;
  }

  static Parting words(Runnable words) {
    Thread hook = new Thread(words, "parting");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Parting(hook);
  }

  @Override
  public void close() {
    try {
      var unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is ending: it has been said.
    }
  }
}
