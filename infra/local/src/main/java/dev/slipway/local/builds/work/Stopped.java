package dev.slipway.local.builds.work;

/** The build was cancelled while it was carried out. */
public final class Stopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Stopped() {
    super("the build was stopped");
  }
}
