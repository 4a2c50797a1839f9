package dev.slipway.local.registry;

import com.google.devtools.artifactregistry.v1.ListVersionsResponse;
import com.google.devtools.artifactregistry.v1.VersionView;
import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Of Artifact Registry's REST API the methods Slipway calls: {@code dockerImages.get}, {@code
 * packages.versions.list} and {@code delete}, {@code packages.tags.delete}.
 */
final class RestApi implements HttpHandler {

  static final String PREFIX = "/v1";

  private static final String JSON = "application/json; charset=UTF-8";
  private static final Pattern IMAGE = Pattern.compile("dockerImages/.+");
  private static final Pattern VERSIONS = Pattern.compile("packages/[^/]+/versions");
  private static final Pattern VERSION = Pattern.compile("packages/[^/]+/versions/[^/]+");
  private static final Pattern TAG = Pattern.compile("packages/[^/]+/tags/[^/]+");

  private final DockerImages images;
  private final Packages packages;

  RestApi(DockerImages images, Packages packages) {
    this.images = images;
    this.packages = packages;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws InvalidProtocolBufferException {
    try {
      ResourceName name =
          ResourceName.parse(exchange.getRequestURI().substring(PREFIX.length() + 1));
      OciApi.json(exchange, 200, JSON, answer(exchange, name));
    } catch (StatusRuntimeException e) {
      refuse(exchange, e.getStatus());
    } catch (OciException e) {
      refuse(exchange, Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
    }
  }

  private String answer(HttpServerExchange exchange, ResourceName name)
      throws InvalidProtocolBufferException {
    boolean deletes = exchange.getRequestMethod().equalToString("DELETE");
    boolean gets = exchange.getRequestMethod().equalToString("GET");
    if (gets && is(IMAGE, name)) {
      return print(images.get(name));
    }
    if (gets && is(VERSIONS, name)) {
      return print(versions(exchange, name));
    }
    if (deletes && is(VERSION, name)) {
      packages.deleteVersion(name, OciApi.query(exchange, "force").equals("true"));
      return done(name);
    }
    if (deletes && is(TAG, name)) {
      packages.deleteTag(name);
      return "{}";
    }
    throw Calls.notFound(exchange.getRequestPath());
  }

  private static boolean is(Pattern form, ResourceName name) {
    return form.matcher(name.rest()).matches();
  }

  private ListVersionsResponse versions(HttpServerExchange exchange, ResourceName name) {
    VersionView view =
        OciApi.query(exchange, "view").equals("FULL") ? VersionView.FULL : VersionView.BASIC;
    String size = OciApi.query(exchange, "pageSize");
    var page =
        Pages.page(
            packages.versions(name, view),
            size.isEmpty() ? 0 : Integer.parseInt(size),
            OciApi.query(exchange, "pageToken"));
    return ListVersionsResponse.newBuilder()
        .addAllVersions(page.items())
        .setNextPageToken(page.next())
        .build();
  }

  /** An operation that is over by the time it is answered. */
  private static String done(ResourceName name) {
    JsonObject empty = new JsonObject();
    empty.addProperty("@type", "type.googleapis.com/google.protobuf.Empty");
    JsonObject operation = new JsonObject();
    operation.addProperty("name", name.parent() + "/operations/" + UUID.randomUUID());
    operation.addProperty("done", true);
    operation.add("response", empty);
    return operation.toString();
  }

  private static String print(MessageOrBuilder message) throws InvalidProtocolBufferException {
    return JsonFormat.printer().print(message);
  }

  private static void refuse(HttpServerExchange exchange, Status status) {
    int code = status.getCode() == Status.Code.NOT_FOUND ? 404 : 400;
    JsonObject error = new JsonObject();
    error.addProperty("code", code);
    error.addProperty("message", status.getDescription());
    error.addProperty("status", status.getCode().name());
    JsonObject body = new JsonObject();
    body.add("error", error);
    OciApi.json(exchange, code, JSON, body.toString());
  }
}
