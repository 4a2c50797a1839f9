package dev.slipway.local.functions;

import org.jspecify.annotations.Nullable;

/** A function could not be started; the message says which and why. */
public final class FunctionStartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  FunctionStartException(String what, String why, @Nullable Throwable cause) {
    super("Tried to start %s but failed: %s".formatted(what, why), cause);
  }
}
