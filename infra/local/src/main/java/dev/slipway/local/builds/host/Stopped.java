package dev.slipway.local.builds.host;

/** The build was cancelled while it was carried out. */
final class Stopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Stopped() {
    super("the build was stopped");
  }
}
