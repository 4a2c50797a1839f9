package dev.slipway.local.functions;

/**
 * Sees the JDK and the types a function and its invoker must share: the functions API and the
 * CloudEvents API. Below it the invoker's Jetty, Jackson and slf4j meet nobody else's.
 */
final class ApiOnlyLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;

  ApiOnlyLoader(ClassLoader application) {
    super("functions-api", ClassLoader.getPlatformClassLoader());
    this.application = application;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isApi(name)) {
      return application.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  /** Exact packages: the invoker below the functions API and the CloudEvents SDK are not API. */
  private static boolean isApi(String name) {
    return switch (name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
      case "com.google.cloud.functions",
          "io.cloudevents",
          "io.cloudevents.lang",
          "io.cloudevents.rw",
          "io.cloudevents.types" ->
          true;
      default -> false;
    };
  }
}
