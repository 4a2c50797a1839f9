package dev.slipway.console;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON API's documentation, in the form of OpenAPI 3.1, made of the routes and of the records
 * they answer with: it cannot say anything else than what is so.
 */
final class OpenApi {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
  private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

  private static final String GET = "GET";
  private static final String STREAM = "/api/stream";
  private static final String SELF = "/api/openapi.json";

  private final Schemas schemas = new Schemas();

  private OpenApi() {}

  /** The document. */
  static String document(List<ApiRoute> routes) {
    return new OpenApi().of(routes);
  }

  private String of(List<ApiRoute> routes) {
    JsonObject info = new JsonObject();
    info.addProperty("title", "Slipway");
    info.addProperty("version", "1");
    info.addProperty(
        "description",
        "What a team's environment tells and takes over HTTP. Identity: Identity-Aware Proxy, or a"
            + " Google identity token as bearer. Addresses are from the console's root.");
    JsonObject paths = new JsonObject();
    routes.forEach(route -> add(paths, route));
    stream(paths);
    self(paths);
    JsonObject document = new JsonObject();
    document.addProperty("openapi", "3.1.0");
    document.add("info", info);
    document.add("paths", paths);
    JsonObject components = new JsonObject();
    components.add("schemas", schemas.all());
    document.add("components", components);
    return GSON.toJson(document) + "\n";
  }

  private void add(JsonObject paths, ApiRoute route) {
    JsonObject operation =
        operation(route.route().method(), route.route().template(), route.summary());
    JsonArray parameters = parameters(route.route().template());
    for (ApiRoute.Parameter parameter : route.query()) {
      parameters.add(
          parameter(parameter.name(), "query", parameter.type(), parameter.description()));
    }
    if (!parameters.isEmpty()) {
      operation.add("parameters", parameters);
    }
    route
        .body()
        .ifPresent(
            body -> {
              JsonObject sent = content("application/json", schemas.of(body));
              sent.addProperty("required", true);
              operation.add("requestBody", sent);
            });
    JsonObject schema = schemas.of(route.answer().of());
    if (route.answer().list()) {
      schema = Schemas.array(schema);
    }
    answer(operation, route.status(), content("application/json", schema));
    put(paths, route.route().method(), route.route().template(), operation);
  }

  private void stream(JsonObject paths) {
    JsonObject operation =
        operation(
            GET,
            STREAM,
            "Server-sent events: `listening` once it listens, then `moved` for each release that"
                + " moves, its data the release, its sequence and its stage. Ends after minutes:"
                + " ask again");
    JsonObject text = new JsonObject();
    text.addProperty("type", "string");
    answer(operation, 200, content("text/event-stream", text));
    put(paths, GET, STREAM, operation);
  }

  private void self(JsonObject paths) {
    JsonObject object = new JsonObject();
    object.addProperty("type", "object");
    JsonObject operation = operation(GET, SELF, "This document");
    answer(operation, 200, content("application/json", object));
    put(paths, GET, SELF, operation);
  }

  private static JsonObject operation(String method, String template, String summary) {
    JsonObject operation = new JsonObject();
    operation.addProperty("summary", summary);
    operation.addProperty(
        "operationId",
        method.toLowerCase(Locale.ROOT)
            + template.replaceAll("[{}]", "").replaceAll("[^a-z]+", "-"));
    return operation;
  }

  private static void put(JsonObject paths, String method, String template, JsonObject operation) {
    if (!paths.has(template)) {
      paths.add(template, new JsonObject());
    }
    paths.getAsJsonObject(template).add(method.toLowerCase(Locale.ROOT), operation);
  }

  private static JsonArray parameters(String template) {
    JsonArray parameters = new JsonArray();
    Matcher name = NAME.matcher(template);
    while (name.find()) {
      JsonObject parameter = parameter(name.group(1), "path", "string", "its id");
      parameter.addProperty("required", true);
      parameters.add(parameter);
    }
    return parameters;
  }

  private static JsonObject parameter(String name, String in, String type, String description) {
    JsonObject parameter = new JsonObject();
    parameter.addProperty("name", name);
    parameter.addProperty("in", in);
    parameter.addProperty("description", description);
    JsonObject schema = new JsonObject();
    schema.addProperty("type", type);
    parameter.add("schema", schema);
    return parameter;
  }

  private void answer(JsonObject operation, int status, JsonObject content) {
    JsonObject responses = new JsonObject();
    content.addProperty("description", status == 202 ? "Handed in" : "What was asked for");
    responses.add(Integer.toString(status), content);
    JsonObject error = content("application/json", schemas.error());
    error.addProperty("description", "Not done, and why");
    responses.add("default", error);
    operation.add("responses", responses);
  }

  private static JsonObject content(String mediaType, JsonObject schema) {
    JsonObject media = new JsonObject();
    media.add("schema", schema);
    JsonObject content = new JsonObject();
    content.add(mediaType, media);
    JsonObject holder = new JsonObject();
    holder.add("content", content);
    return holder;
  }
}
