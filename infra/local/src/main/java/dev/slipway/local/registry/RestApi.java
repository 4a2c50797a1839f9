package dev.slipway.local.registry;

import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.local.server.Calls;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** Of Artifact Registry's REST API the one method Slipway calls: {@code dockerImages.get}. */
final class RestApi implements HttpHandler {

  static final String PREFIX = "/v1";

  private static final String JSON = "application/json; charset=UTF-8";

  private final DockerImages images;

  RestApi(DockerImages images) {
    this.images = images;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws InvalidProtocolBufferException {
    try {
      ResourceName name =
          ResourceName.parse(exchange.getRequestPath().substring(PREFIX.length() + 1));
      if (!exchange.getRequestMethod().equalToString("GET")
          || !name.rest().startsWith("dockerImages/")) {
        throw Calls.notFound(exchange.getRequestPath());
      }
      OciApi.json(exchange, 200, JSON, JsonFormat.printer().print(images.get(name)));
    } catch (StatusRuntimeException e) {
      refuse(exchange, e.getStatus());
    } catch (OciException e) {
      refuse(exchange, Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
    }
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
