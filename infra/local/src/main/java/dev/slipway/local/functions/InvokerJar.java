package dev.slipway.local.functions;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Google's java-function-invoker, carried as a resource because it must not be on a class path. */
final class InvokerJar {

  private static final String RESOURCE = "/invoker/java-function-invoker.jar";

  private InvokerJar() {}

  /**
   * A class loader over the invoker. A loader cannot read a jar within a jar, so where this
   * application is packed the invoker is first copied to {@code folder}.
   */
  static URLClassLoader load(Path folder) {
    URL resource = InvokerJar.class.getResource(RESOURCE);
    if (resource == null) {
      throw new FunctionStartException(
          "the function invoker",
          "%s is not on the class path; build infra/local with Maven, which puts it there."
              .formatted(RESOURCE),
          null);
    }
    try {
      URL jar = resource.getProtocol().equals("file") ? resource : copy(resource, folder);
      var parent = new ApiOnlyLoader(InvokerJar.class.getClassLoader());
      return new URLClassLoader("function-invoker", new URL[] {jar}, parent);
    } catch (IOException e) {
      throw new FunctionStartException("the function invoker", e.toString(), e);
    }
  }

  /** Copies under another name first, so that a copy broken off is never taken for the jar. */
  static URL copy(URL resource, Path folder) throws IOException {
    Path jar = folder.resolve("java-function-invoker.jar");
    URLConnection connection = resource.openConnection();
    connection.setUseCaches(false);
    try (InputStream content = connection.getInputStream()) {
      if (!Files.exists(jar) || Files.size(jar) != connection.getContentLengthLong()) {
        Path part = folder.resolve("java-function-invoker.jar.part");
        Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return jar.toUri().toURL();
  }
}
