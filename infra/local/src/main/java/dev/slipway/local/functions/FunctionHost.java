package dev.slipway.local.functions;

import dev.slipway.local.server.CloudService;
import dev.slipway.local.state.State;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hosts functions in Google's functions framework, within this JVM.
 *
 * <p>A function starts when it is first called, as in the cloud, or at {@link #warmUp}. Functions
 * of the same code and environment share one class loader. In the cloud a function ends with its
 * process; here, a target class with a {@code public static void close()} has it called at the end,
 * so that its clients do not outlive it.
 */
public final class FunctionHost implements CloudService {

  private static final Logger LOG = System.getLogger(FunctionHost.class.getName());

  /** Held here because java.util.logging would otherwise forget their levels. */
  private static final List<java.util.logging.Logger> CHATTY =
      List.of(
          java.util.logging.Logger.getLogger("org.eclipse.jetty"),
          java.util.logging.Logger.getLogger(
              "com.google.cloud.functions.invoker.runner.Invoker"));

  static {
    for (java.util.logging.Logger logger : CHATTY) {
      if (logger.getLevel() == null) {
        logger.setLevel(java.util.logging.Level.SEVERE);
      }
    }
  }

  private record LoaderKey(FunctionCode code, Map<String, String> environment) {}

  private final State state;
  private final Map<String, Hosted> functions = new LinkedHashMap<>();
  private final Map<LoaderKey, FunctionLoader> loaders = new HashMap<>();
  private final FunctionProxy proxy = new FunctionProxy(this::address);
  private @Nullable URLClassLoader invokers;
  private boolean closed;

  public FunctionHost(State state, List<FunctionSpec> specs) {
    this.state = state;
    for (FunctionSpec spec : specs) {
      if (functions.put(spec.name(), new Hosted(spec)) != null) {
        throw new IllegalArgumentException("two functions are named " + spec.name());
      }
    }
  }

  /**
   * Where the function answers, started if it was not: {@code http://127.0.0.1:PORT/}.
   *
   * @throws FunctionStartException when it cannot be started; the next call tries again
   */
  public URI address(String name) {
    Hosted function = functions.get(name);
    if (function == null) {
      throw new IllegalArgumentException(
          "no function is named %s; there are %s".formatted(name, functions.keySet()));
    }
    return function.running().address();
  }

  /** Starts every function that is not running; one that cannot start is logged, and left. */
  public void warmUp() {
    for (String name : functions.keySet()) {
      try {
        address(name);
      } catch (FunctionStartException e) {
        if (isClosed()) {
          return; // Nobody asks for them any more.
        }
        LOG.log(Level.WARNING, e.getMessage());
        LOG.log(Level.DEBUG, "in full", e);
      }
    }
  }

  /** {@code /functions/NAME/...} for each function. */
  @Override
  public Map<String, HttpHandler> http() {
    return Map.of("/functions", proxy);
  }

  /** Stops every function, whatever it is doing. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    functions.values().forEach(Hosted::stop);
    proxy.close();
    synchronized (this) {
      loaders.values().forEach(FunctionHost::closeQuietly);
      loaders.clear();
      closeQuietly(invokers);
      invokers = null;
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized FunctionLoader loaderOf(FunctionSpec spec) {
    return loaders.computeIfAbsent(
        new LoaderKey(spec.code(), spec.environment()),
        key -> FunctionLoader.of(key.code(), key.environment()));
  }

  private synchronized URLClassLoader invokers() {
    if (closed) {
      throw new FunctionStartException("a function", "the laptop cloud is stopping", null);
    }
    if (invokers == null) {
      invokers = InvokerJar.load(state.folder("functions"));
    }
    return invokers;
  }

  private static void closeQuietly(@Nullable URLClassLoader loader) {
    try {
      if (loader != null) {
        loader.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a class loader", e);
    }
  }

  /** One function, running or not. A lock, not a monitor: starting blocks, on virtual threads. */
  private final class Hosted {

    private final ReentrantLock lock = new ReentrantLock();
    private final FunctionSpec spec;
    private @Nullable RunningFunction running;

    Hosted(FunctionSpec spec) {
      this.spec = spec;
    }

    RunningFunction running() {
      lock.lock();
      try {
        if (running == null) {
          running = RunningFunction.start(spec, invokers(), loaderOf(spec));
          LOG.log(Level.DEBUG, "{0} answers at {1}", spec, running.address());
        }
        return running;
      } finally {
        lock.unlock();
      }
    }

    void stop() {
      lock.lock();
      try {
        if (running != null) {
          running.close();
          running = null;
          releaseWhatItHolds();
        }
      } finally {
        lock.unlock();
      }
    }

    private void releaseWhatItHolds() {
      try {
        Method close = loaderOf(spec).loadClass(spec.targetClass()).getMethod("close");
        if (Modifier.isStatic(close.getModifiers())) {
          close.invoke(null);
        }
      } catch (NoSuchMethodException nothingToRelease) {
        LOG.log(Level.TRACE, "{0} holds nothing", spec);
      } catch (InvocationTargetException | ClassNotFoundException | IllegalAccessException e) {
        LOG.log(Level.WARNING, "closing what " + spec + " holds", e);
      }
    }
  }
}
