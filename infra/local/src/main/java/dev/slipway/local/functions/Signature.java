package dev.slipway.local.functions;

/** What calls a function: a plain HTTP request, or a CloudEvent. */
public enum Signature {
  HTTP("http"),
  CLOUD_EVENT("cloudevent");

  private final String invokerName;

  Signature(String invokerName) {
    this.invokerName = invokerName;
  }

  /** The value of {@code FUNCTION_SIGNATURE_TYPE}. */
  String invokerName() {
    return invokerName;
  }
}
