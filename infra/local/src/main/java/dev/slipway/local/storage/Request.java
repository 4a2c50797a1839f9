package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One request to the API, whether it came by itself or as a part of a batch. */
final class Request {

  private final String method;
  private final List<String> path;
  private final Map<String, String> query;
  private final Headers headers;
  private final InputStream body;

  /** Looks a header up by its name, whatever its case. */
  @FunctionalInterface
  interface Headers {
    @Nullable String get(String name);
  }

  private Request(
      String method,
      List<String> path,
      Map<String, String> query,
      Headers headers,
      InputStream body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  /**
   * @param target path below the API's prefix, still encoded, with {@code ?QUERY} if there is one
   */
  static Request of(String method, String target, Headers headers, InputStream body) {
    String[] parts = target.split("\\?", 2);
    UnaryOperator<String> literalPlus = s -> s.replace("+", "%2B");
    List<String> path =
        Arrays.stream(parts[0].split("/", -1))
            .filter(segment -> !segment.isEmpty())
            .map(literalPlus)
            .map(Request::decode)
            .toList();
    String override = headers.get("X-HTTP-Method-Override");
    return new Request(
        Objects.requireNonNullElse(override, method),
        path,
        parts.length == 1 ? Map.of() : parse(parts[1]),
        headers,
        body);
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> parsed = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        parsed.merge(
            decode(parts[0]),
            parts.length == 1 ? "" : decode(parts[1]),
            (first, more) -> first + "," + more);
      }
    }
    return parsed;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("The address is not encoded as it should be: " + text);
    }
  }

  /** The method meant, an {@code X-HTTP-Method-Override} obeyed. */
  String method() {
    return method;
  }

  /** The decoded segments of the path below the API's prefix: {@code [b, BUCKET, o, NAME]}. */
  List<String> path() {
    return path;
  }

  /** The method and the path, names replaced by a star, for routing; shapes as MetadataApi has. */
  String shape() {
    StringBuilder shape = new StringBuilder(method).append(' ');
    for (int i = 0; i < path.size(); i++) {
      boolean word = i < 5 ? i % 2 == 0 : i % 2 == 1;
      shape.append('/').append(word ? path.get(i) : "*");
    }
    return shape.toString();
  }

  /** A parameter of the query; several of one name are joined by commas. */
  @Nullable String query(String name) {
    return query.get(name);
  }

  String query(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  /** Whether a parameter is true; gcloud, being Python, writes {@code True}. */
  boolean flag(String name) {
    return query(name, "false").equalsIgnoreCase("true");
  }

  @Nullable Long number(String name) {
    String value = query.get(name);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw ApiException.invalid("Invalid value for %s: '%s'".formatted(name, value));
    }
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The body, unpacked where the client packed it for the way. */
  InputStream body() throws IOException {
    return "gzip".equalsIgnoreCase(header("Content-Encoding")) ? new GZIPInputStream(body) : body;
  }

  JsonObject json() throws IOException {
    return Json.read(body());
  }
}
