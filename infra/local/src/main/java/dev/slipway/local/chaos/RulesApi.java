package dev.slipway.local.chaos;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The rules over HTTP: {@code GET /chaos/rules}, {@code POST /chaos/rules} with one, {@code DELETE
 * /chaos/rules} for all and {@code DELETE /chaos/rules/ID}; and {@code POST /chaos/restart}.
 */
final class RulesApi implements HttpHandler {

  private static final String RULES = "/rules";

  private final Rules rules;
  private final BooleanSupplier restart;

  /** {@code restart} says whether somebody is there to carry it out. */
  RulesApi(Rules rules, BooleanSupplier restart) {
    this.rules = rules;
    this.restart = restart;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRelativePath();
    switch (request) {
      case "GET " + RULES -> send(exchange, StatusCodes.OK, list());
      case "POST " + RULES -> add(exchange);
      case "DELETE " + RULES -> {
        rules.clear();
        send(exchange, StatusCodes.OK, list());
      }
      case "POST /restart" -> {
        if (restart.getAsBoolean()) {
          send(exchange, StatusCodes.ACCEPTED, new JsonObject());
        } else {
          refuse(exchange, StatusCodes.CONFLICT, "nobody is there to start this cloud again");
        }
      }
      default -> one(exchange);
    }
  }

  private void one(HttpServerExchange exchange) {
    String path = exchange.getRelativePath();
    boolean delete = exchange.getRequestMethod().equals(Methods.DELETE);
    if (!delete || !path.startsWith(RULES + "/")) {
      refuse(exchange, StatusCodes.NOT_FOUND, "nothing is here: GET, POST or DELETE /chaos/rules");
      return;
    }
    String id = path.substring(RULES.length() + 1);
    Optional<Standing> removed = rules.remove(id);
    if (removed.isPresent()) {
      send(exchange, StatusCodes.OK, RuleJson.write(removed.get()));
    } else {
      refuse(exchange, StatusCodes.NOT_FOUND, "there is no rule " + id);
    }
  }

  private void add(HttpServerExchange exchange) throws IOException {
    byte[] body = exchange.getInputStream().readAllBytes();
    Rule rule;
    try {
      rule = RuleJson.rule(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      refuse(exchange, StatusCodes.BAD_REQUEST, String.valueOf(e.getMessage()));
      return;
    }
    send(exchange, StatusCodes.CREATED, RuleJson.write(rules.add(rule)));
  }

  private JsonArray list() {
    JsonArray list = new JsonArray();
    rules.all().forEach(standing -> list.add(RuleJson.write(standing)));
    return list;
  }

  private static void refuse(HttpServerExchange exchange, int status, String why) {
    JsonObject json = new JsonObject();
    json.addProperty("error", why);
    send(exchange, status, json);
  }

  private static void send(HttpServerExchange exchange, int status, JsonElement json) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(json + "\n");
  }
}
