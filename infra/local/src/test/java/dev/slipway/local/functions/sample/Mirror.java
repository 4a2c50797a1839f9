package dev.slipway.local.functions.sample;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells where it runs: TEAM, calls so far, its loader, the context loader, what else it sees. */
public final class Mirror implements HttpFunction {

  private static final AtomicInteger CALLS = new AtomicInteger();

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (request.getPath().startsWith("/echo")) {
      response.setStatusCode(202);
      response.appendHeader("X-Echo", request.getFirstHeader("X-Asked").orElse("nothing"));
      response.getWriter().write(request.getMethod() + " " + request.getUri() + " ");
      request.getReader().transferTo(response.getWriter());
      return;
    }
    ClassLoader mine = Mirror.class.getClassLoader();
    response
        .getWriter()
        .write(
            "team=%s calls=%d own-loader=%s context=%s gson=%s jetty=%s"
                .formatted(
                    Environment.get("TEAM"),
                    CALLS.incrementAndGet(),
                    mine.getName(),
                    mine.equals(Thread.currentThread().getContextClassLoader()),
                    sees("com.google.gson.Gson"),
                    sees("org.eclipse.jetty.server.Server")));
  }

  private static boolean sees(String type) {
    try {
      Class.forName(type);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Called when its host stops it. */
  public static void close() throws IOException {
    try (var loader = (java.net.URLClassLoader) Mirror.class.getClassLoader();
        var text = loader.getResourceAsStream("slipway-environment.properties")) {
      var properties = new java.util.Properties();
      properties.load(text);
      Files.writeString(Path.of(properties.getProperty("FAREWELL")), "closed");
    }
  }
}
