package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.console.http.Reply;
import dev.slipway.json.Json;
import dev.slipway.release.Crate;
import dev.slipway.release.Samples;
import dev.slipway.release.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The documentation of the JSON API says what is so. */
final class OpenApiTest {

  private static final Path COMMITTED =
      Path.of(System.getProperty("slipway.root", ".."), "docs", "openapi.json");

  private final World world = new World();

  private JsonObject document() {
    return JsonParser.parseString(world.get("/api/openapi.json").text()).getAsJsonObject();
  }

  /** Written anew with {@code -Dslipway.write=true}. */
  @Test
  void theCommittedDocumentIsTheOneThatIsServed() throws IOException {
    String served = world.get("/api/openapi.json").text();
    if (Boolean.getBoolean("slipway.write")) {
      Files.writeString(COMMITTED, served);
    }

    assertThat(Files.readString(COMMITTED)).isEqualTo(served);
  }

  @Test
  void everyRouteIsDocumentedAndEveryDocumentedRouteIsThere() {
    List<String> documented = new ArrayList<>();
    document()
        .getAsJsonObject("paths")
        .entrySet()
        .forEach(
            path ->
                path.getValue()
                    .getAsJsonObject()
                    .keySet()
                    .forEach(method -> documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            world.routes().stream().filter(route -> route.contains(" /api/")).toList());
  }

  @Test
  void everyRouteAnswersInTheDocumentedShape() {
    JsonObject document = document();
    for (Stage stage : Samples.stages().values()) {
      world.add(stage);
      document
          .getAsJsonObject("paths")
          .entrySet()
          .forEach(
              path ->
                  path.getValue()
                      .getAsJsonObject()
                      .entrySet()
                      .forEach(
                          operation ->
                              check(
                                  document,
                                  path.getKey(),
                                  operation.getKey(),
                                  operation.getValue().getAsJsonObject())));
    }
  }

  private static String body(String template) {
    return template.equals("/api/plans")
        ? Json.write(Samples.CRATE, Crate.class)
        : "{\"kind\":\"PAUSE\",\"reason\":\"r\"}";
  }

  private void check(JsonObject document, String template, String method, JsonObject operation) {
    String path =
        template.replace("{release}", Samples.ID.toString()).replace("{service}", "hello");
    if (template.equals("/api/stream")) {
      return; // never ends; MoveStreamTest hears it
    }
    Reply reply =
        method.equals("get")
            ? world.as("ana@acme.example", path)
            : world.json("ana@acme.example", path, body(template));
    JsonObject responses = operation.getAsJsonObject("responses");
    String status = Integer.toString(reply.status());
    JsonObject response =
        responses.getAsJsonObject(responses.has(status) ? status : "default");
    JsonObject content = response.getAsJsonObject("content");
    assertThat(content.keySet()).allSatisfy(type -> assertThat(reply.headers().get("content-type")).startsWith(type));
    assertThat(reply.status()).as(template).isIn(200, 202, 409);
    JsonObject schema = content.getAsJsonObject("application/json").getAsJsonObject("schema");
    List<String> problems = new Validation(document).of(schema, JsonParser.parseString(reply.text()));
    assertThat(problems).as("%s %s: %s", method, path, reply.text()).isEmpty();
  }

  /** As much of JSON Schema as the document uses; what is not documented is a problem too. */
  private record Validation(JsonObject document) {

    List<String> of(JsonObject schema, JsonElement value) {
      List<String> problems = new ArrayList<>();
      check(schema, value, "$", problems);
      return problems;
    }

    private void check(JsonObject given, JsonElement value, String at, List<String> problems) {
      JsonObject schema = given;
      if (schema.has("$ref")) {
        String name = schema.get("$ref").getAsString();
        schema =
            document
                .getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject(name.substring(name.lastIndexOf('/') + 1));
      }
      if (schema.has("oneOf")) {
        long fitting = 0;
        for (JsonElement one : schema.getAsJsonArray("oneOf")) {
          fitting += of(one.getAsJsonObject(), value).isEmpty() ? 1 : 0;
        }
        if (fitting != 1) {
          problems.add("%s fits %d alternatives: %s".formatted(at, fitting, value));
        }
        return;
      }
      if (schema.has("const") && !schema.get("const").equals(value)) {
        problems.add(at + " is not " + schema.get("const"));
      }
      if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
        problems.add(at + " is none of " + schema.get("enum"));
      }
      if (schema.has("type")) {
        typed(schema, value, at, problems);
      }
    }

    private void typed(JsonObject schema, JsonElement value, String at, List<String> problems) {
      boolean fits =
          switch (schema.get("type").getAsString()) {
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "string" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
            case "boolean" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
            case "integer", "number" ->
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
            default -> false;
          };
      if (!fits) {
        problems.add("%s is no %s: %s".formatted(at, schema.get("type"), value));
      } else if (value instanceof JsonArray array && schema.has("items")) {
        array.forEach(item -> check(schema.getAsJsonObject("items"), item, at + "[]", problems));
      } else if (value instanceof JsonObject object && schema.has("properties")) {
        object(schema, object, at, problems);
      }
    }

    private void object(JsonObject schema, JsonObject object, String at, List<String> problems) {
      JsonObject properties = schema.getAsJsonObject("properties");
      for (JsonElement name : schema.getAsJsonArray("required")) {
        if (!object.has(name.getAsString())) {
          problems.add(at + " lacks " + name);
        }
      }
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        if (properties.has(entry.getKey())) {
          check(properties.getAsJsonObject(entry.getKey()), entry.getValue(), at + "." + entry.getKey(), problems);
        } else {
          problems.add(at + " has " + entry.getKey() + ", which is not documented");
        }
      }
    }
  }
}
