package dev.slipway.local.builds.work;

import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;

/** The build is at fault; the message is one or two sentences for its submitter. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureType type;
  private final String why;

  public Refusal(String message) {
    this(FailureType.USER_BUILD_STEP, message);
  }

  public Refusal(FailureType type, String message) {
    super(message);
    this.type = type;
    why = message;
  }

  public String why() {
    return why;
  }

  public FailureType type() {
    return type;
  }
}
