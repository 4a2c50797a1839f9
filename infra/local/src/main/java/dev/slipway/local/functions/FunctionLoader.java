package dev.slipway.local.functions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Loads functions, each cloud's apart, and gives them their environment as a resource. */
final class FunctionLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Predicate<String> own;
  private final URL environment;

  private FunctionLoader(
      Path classes, ClassLoader parent, Predicate<String> own, Map<String, String> environment) {
    super("function", new URL[] {url(classes)}, parent);
    this.own = own;
    this.environment = resource(environment);
  }

  static FunctionLoader of(FunctionCode code, Map<String, String> environment) {
    ClassLoader application = FunctionLoader.class.getClassLoader();
    return switch (code) {
      case FunctionCode.OnClassPath shared ->
          new FunctionLoader(shared.classes(), application, shared::owns, environment);
      case FunctionCode.Deployable alone ->
          new FunctionLoader(
              alone.jar(), new ApiOnlyLoader(application), name -> false, environment);
    };
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!own.test(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    return name.equals(FunctionSpec.ENVIRONMENT) ? environment : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals(FunctionSpec.ENVIRONMENT)
        ? Collections.enumeration(Collections.singleton(environment))
        : super.getResources(name);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment as a resource held in memory: a token in it never reaches the disk. */
  private static URL resource(Map<String, String> environment) {
    Properties properties = new Properties();
    properties.putAll(environment);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
      byte[] content = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      return URL.of(URI.create("environment:/" + FunctionSpec.ENVIRONMENT), new InMemory(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class InMemory extends URLStreamHandler {

    private final byte[] content;

    InMemory(byte[] content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(content);
        }
      };
    }
  }
}
