package dev.slipway.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request.
 *
 * @param method in capitals
 * @param path from the function's own root, decoded, {@code /} first
 * @param query the first value of each parameter
 * @param headers the first value of each header, names in lower case
 * @param body what was sent, {@code ""} for nothing
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  public Request {
    query = Map.copyOf(query);
    Map<String, String> lower = new LinkedHashMap<>();
    headers.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  /** Whether it reads and changes nothing. */
  public boolean isReading() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether the body is of that media type, its parameters aside. */
  public boolean isOf(String mediaType) {
    String type = header("content-type").orElse("");
    return type.split(";", 2)[0].strip().equalsIgnoreCase(mediaType);
  }

  /** The value of a cookie. */
  public Optional<String> cookie(String name) {
    for (String pair : header("cookie").orElse("").split(";", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(name)) {
        return Optional.of(parts[1]);
      }
    }
    return Optional.empty();
  }

  /** The fields of a form that was sent; what cannot be read of it is left out. */
  public Map<String, String> form() {
    Map<String, String> form = new LinkedHashMap<>();
    if (isOf("application/x-www-form-urlencoded")) {
      for (String pair : body.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2) {
          decode(parts[0]).ifPresent(k -> decode(parts[1]).ifPresent(v -> form.putIfAbsent(k, v)));
        }
      }
    }
    return form;
  }

  private static Optional<String> decode(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, UTF_8));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}
