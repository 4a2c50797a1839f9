package dev.slipway.cli.laptop;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.server.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The faults a running laptop cloud is told of. */
public final class LaptopChaos {

  private final String base;

  private LaptopChaos(Endpoints endpoints) {
    base = endpoints.http() + "/chaos";
  }

  /**
   * Those of the cloud that is running with its state in {@code folder}.
   *
   * @throws Failure when none is
   */
  public static LaptopChaos running(Path folder) {
    return new LaptopChaos(Laptop.whereRunning(folder));
  }

  public JsonElement add(JsonObject rule) {
    return send("POST", "/rules", rule.toString());
  }

  public JsonArray rules() {
    return send("GET", "/rules", "").getAsJsonArray();
  }

  public JsonElement remove(String id) {
    return send("DELETE", "/rules/" + URLEncoder.encode(id, StandardCharsets.UTF_8), "");
  }

  public JsonElement clear() {
    return send("DELETE", "/rules", "");
  }

  public JsonElement restart() {
    return send("POST", "/restart", "");
  }

  private JsonElement send(String method, String path, String body) {
    URI uri = URI.create(base + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body)).build(),
              BodyHandlers.ofString());
      JsonElement json = JsonParser.parseString(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw new Failure(json.getAsJsonObject().get("error").getAsString());
      }
      return json;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while calling " + uri, e);
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new Failure("Tried to call %s but failed: %s".formatted(uri, e.getMessage()), e);
    }
  }
}
