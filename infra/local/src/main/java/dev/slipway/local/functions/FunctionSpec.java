package dev.slipway.local.functions;

import java.util.Map;

/**
 * One function to host.
 *
 * @param name what triggers call it by, as {@code "build"}
 * @param targetClass its entry point, as {@code FUNCTION_TARGET} names it
 * @param signature what calls it
 * @param code where its classes are
 * @param environment its environment variables, and nothing else: they reach the function as the
 *     class path resource {@value FunctionSpec#ENVIRONMENT}, in {@link java.util.Properties} form
 */
public record FunctionSpec(
    String name,
    String targetClass,
    Signature signature,
    FunctionCode code,
    Map<String, String> environment) {

  /** The resource a function's settings are read from before {@link System#getenv()}. */
  public static final String ENVIRONMENT = "slipway-environment.properties";

  public FunctionSpec {
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return "function " + name + " (" + targetClass + ")";
  }
}
