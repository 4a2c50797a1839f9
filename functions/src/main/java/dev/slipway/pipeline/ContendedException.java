package dev.slipway.pipeline;

/** Others kept changing what a decision rested on; a redelivery will find it calmer. */
public final class ContendedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ContendedException(String message) {
    super(message);
  }
}
