package dev.slipway.local.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A call of Slack's, whichever of its two encodings it came in.
 *
 * @param token the bearer token, or the {@code token} argument; empty where there is none
 * @param arguments by name; what is not plain, as JSON text
 */
record SlackRequest(Optional<String> token, Map<String, String> arguments) {

  private static final String BEARER = "Bearer ";

  /**
   * Reads the request.
   *
   * @throws JsonParseException when the body says it is JSON and is not
   */
  static SlackRequest read(HttpServerExchange exchange) throws IOException {
    String body = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    Map<String, String> arguments =
        type != null && type.startsWith("application/json") ? json(body) : form(body);
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    Optional<String> token =
        header != null && header.startsWith(BEARER)
            ? Optional.of(header.substring(BEARER.length()))
            : Optional.ofNullable(arguments.get("token"));
    return new SlackRequest(token, arguments);
  }

  /** An argument, absent where it is empty. */
  Optional<String> argument(String name) {
    return Optional.ofNullable(arguments.get(name)).filter(value -> !value.isEmpty());
  }

  static Map<String, String> json(String body) {
    JsonElement json = JsonParser.parseString(body);
    if (!json.isJsonObject()) {
      throw new JsonParseException("not an object");
    }
    JsonObject object = json.getAsJsonObject();
    Map<String, String> arguments = new HashMap<>();
    for (Map.Entry<String, JsonElement> field : object.entrySet()) {
      JsonElement value = field.getValue();
      if (!value.isJsonNull()) {
        arguments.put(
            field.getKey(), value.isJsonPrimitive() ? value.getAsString() : value.toString());
      }
    }
    return arguments;
  }

  private static Map<String, String> form(String body) {
    Map<String, String> arguments = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        arguments.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return arguments;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
