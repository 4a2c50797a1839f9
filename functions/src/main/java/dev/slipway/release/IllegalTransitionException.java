package dev.slipway.release;

/** An event that cannot happen to a release in the stage it is in: a defect of Slipway's. */
public final class IllegalTransitionException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  IllegalTransitionException(ReleaseId id, Stage stage, ReleaseEvent event) {
    super("release %s is %s and cannot take %s".formatted(id, stage.label(), event));
  }
}
