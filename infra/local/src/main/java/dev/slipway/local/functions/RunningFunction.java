package dev.slipway.local.functions;

import dev.slipway.local.server.Ports;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One function served by Google's own invoker on a loopback port. */
final class RunningFunction implements AutoCloseable {

  private static final Logger LOG = System.getLogger(RunningFunction.class.getName());
  private static final String INVOKER = "com.google.cloud.functions.invoker.runner.Invoker";

  /** Cannot be opened, see {@link #start}. */
  private static final Integer NO_PORT = -1;

  private final Object invoker;
  private final URI address;

  private RunningFunction(Object invoker, URI address) {
    this.invoker = invoker;
    this.address = address;
  }

  /**
   * Starts a function.
   *
   * <p>The invoker can only listen on every network interface, where a laptop's neighbours could
   * call the function. So it is given a port that cannot be opened: it makes the function and its
   * Jetty server and fails to listen; the server is then told to listen on loopback.
   */
  static RunningFunction start(FunctionSpec spec, ClassLoader invokers, ClassLoader functions) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(functions);
    try {
      Object invoker =
          invokers
              .loadClass(INVOKER)
              .getConstructor(Integer.class, String.class, String.class, ClassLoader.class)
              .newInstance(
                  NO_PORT, spec.targetClass(), spec.signature().invokerName(), functions);
      Object server = serverOf(invoker);
      int port = Ports.free();
      Object connector = Array.get(call(server, "getConnectors"), 0);
      call(connector, "setHost", String.class, "127.0.0.1");
      call(connector, "setPort", int.class, port);
      call(server, "start");
      return new RunningFunction(invoker, URI.create("http://127.0.0.1:" + port + "/"));
    } catch (InvocationTargetException e) {
      throw new FunctionStartException(spec.toString(), rootOf(e).toString(), e);
    } catch (ReflectiveOperationException e) {
      throw new FunctionStartException(
          spec.toString(), "this is not the invoker the host was written for: " + e, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The invoker's server, complete but for its port. */
  private static Object serverOf(Object invoker) throws ReflectiveOperationException {
    Field field = invoker.getClass().getDeclaredField("server");
    field.setAccessible(true);
    try {
      call(invoker, "startTestServer");
    } catch (InvocationTargetException expected) {
      Object server = field.get(invoker);
      if (server == null || call(server, "getHandler") == null) {
        throw expected;
      }
      return server;
    }
    call(invoker, "stopServer");
    throw new NoSuchFieldException("the invoker opened port " + NO_PORT);
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    try {
      call(invoker, "stopServer");
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.WARNING, "stopping the function at " + address, e);
    }
  }

  private static Throwable rootOf(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null ? e : rootOf(cause);
  }

  private static @Nullable Object call(Object target, String method)
      throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static void call(Object target, String method, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    target.getClass().getMethod(method, type).invoke(target, argument);
  }
}
