package dev.slipway.build;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.release.ImageCleanup;
import dev.slipway.release.ServiceName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The images Artifact Registry keeps: the versions of the package that has the service's name. */
public final class RegistryVersions implements ImageVersions {

  /** A service with more images than this many pages of a thousand is cleaned from the first ones. */
  private static final int MAX_PAGES = 10;

  private final Registry registry;
  private final String repository;
  private final String region;

  /**
   * Images of one repository.
   *
   * @param repository {@code HOST/PROJECT/REPOSITORY}; an image's name follows it
   * @param region where it lies, for a host that does not tell
   */
  public RegistryVersions(Registry registry, String repository, String region) {
    this.registry = registry;
    this.repository = repository;
    this.region = region;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when the registry cannot be asked
   */
  @Override
  public List<ImageCleanup.Pushed> list(ServiceName service) {
    String versions = resource(service) + "/versions";
    List<ImageCleanup.Pushed> all = new ArrayList<>();
    String token = "";
    try {
      for (int page = 0; page < MAX_PAGES; page++) {
        URI uri =
            URI.create(
                "%s?view=FULL&pageSize=1000&pageToken=%s"
                    .formatted(versions, URLEncoder.encode(token, StandardCharsets.UTF_8)));
        JsonObject answer = JsonParser.parseString(registry.resource(uri)).getAsJsonObject();
        array(answer, "versions").forEach(version -> all.add(pushed(version.getAsJsonObject())));
        token = answer.has("nextPageToken") ? answer.get("nextPageToken").getAsString() : "";
        if (token.isEmpty()) {
          break;
        }
      }
      return all;
    } catch (FileNotFoundException none) {
      return List.of();
    } catch (IOException e) {
      throw failure("list " + versions, e);
    } catch (InterruptedException e) {
      throw interrupted(versions, e);
    }
  }

  @Override
  public boolean delete(ServiceName service, ImageCleanup.Pushed image) {
    String parent = resource(service);
    try {
      for (String tag : image.tags()) {
        if (!registry.delete(URI.create(parent + "/tags/" + tag))) {
          return false;
        }
      }
      return registry.delete(URI.create(parent + "/versions/" + image.digest()));
    } catch (IOException e) {
      throw failure("delete " + image.digest() + " of " + parent, e);
    } catch (InterruptedException e) {
      throw interrupted(parent, e);
    }
  }

  private String resource(ServiceName service) {
    return ImageRef.parse(repository + "/" + service)
        .resource(region)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Tried to see to the images of %s but %s is no repository of Artifact Registry's"
                        .formatted(service, repository)));
  }

  private static ImageCleanup.Pushed pushed(JsonObject version) {
    return new ImageCleanup.Pushed(
        last(version),
        array(version, "relatedTags").asList().stream()
            .map(tag -> last(tag.getAsJsonObject()))
            .toList(),
        Instant.parse(version.get("createTime").getAsString()));
  }

  private static JsonArray array(JsonObject from, String name) {
    JsonElement found = from.get(name);
    return found == null ? new JsonArray() : found.getAsJsonArray();
  }

  private static String last(JsonObject resource) {
    String name = resource.get("name").getAsString();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static UncheckedIOException failure(String what, IOException e) {
    return new UncheckedIOException("Tried to %s but: %s".formatted(what, e.getMessage()), e);
  }

  private static IllegalStateException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while at " + what, e);
  }
}
