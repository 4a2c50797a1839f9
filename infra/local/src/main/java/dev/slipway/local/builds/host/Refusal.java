package dev.slipway.local.builds.host;

import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;

/** The build is at fault; the message is one or two sentences for its submitter. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureType type;
  private final String why;

  Refusal(String message) {
    this(FailureType.USER_BUILD_STEP, message);
  }

  Refusal(FailureType type, String message) {
    super(message);
    this.type = type;
    why = message;
  }

  String why() {
    return why;
  }

  FailureType type() {
    return type;
  }
}
