package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import dev.slipway.local.storage.Multipart.Part;
import dev.slipway.local.storage.Uploads.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /upload/storage/v1}: objects.insert in its three ways. */
final class UploadApi implements Api {

  private final Objects objects;
  private final Uploads uploads;
  private final Resources resources;

  UploadApi(Objects objects, Uploads uploads, Resources resources) {
    this.objects = objects;
    this.uploads = uploads;
    this.resources = resources;
  }

  @Override
  public Reply answer(Request request) throws IOException {
    String session = request.query("upload_id");
    return switch (request.shape()) {
      case "POST /b/*/o" -> session == null ? insert(request) : proceed(session, request);
      case "PUT /b/*/o" -> session == null ? unwritten(request) : proceed(session, request);
      case "DELETE /b/*/o" -> session == null ? unwritten(request) : cancel(session);
      default -> unwritten(request);
    };
  }

  private static Reply unwritten(Request request) {
    throw ApiException.unwritten(request);
  }

  private Reply insert(Request request) throws IOException {
    String type = request.query("uploadType", "");
    return switch (type) {
      case "media" -> media(request);
      case "multipart" -> multipart(request);
      case "resumable" -> start(request);
      default -> throw ApiException.invalid("Invalid uploadType: '%s'".formatted(type));
    };
  }

  private Reply media(Request request) throws IOException {
    Draft draft = Draft.of(request, new JsonObject(), request.header("Content-Type"));
    return insert(request, draft, request.body());
  }

  private Reply multipart(Request request) throws IOException {
    Multipart body = Multipart.open(request.body(), request.header("Content-Type"));
    JsonObject resource = Json.read(part(body).content());
    Part content = part(body);
    Draft draft = Draft.of(request, resource, content.headers().get("content-type"));
    return insert(request, draft, content.content());
  }

  private static Part part(Multipart body) throws IOException {
    Part part = body.next();
    if (part == null) {
      throw ApiException.invalid("A multipart upload has two parts: the metadata and the content.");
    }
    return part;
  }

  private Reply insert(Request request, Draft draft, InputStream content) {
    Hashes said = Hashes.ofHeader(request.header("x-goog-hash"));
    return reply(objects.insert(draft.alsoOf(said), content));
  }

  private Reply start(Request request) throws IOException {
    Draft draft =
        Draft.of(request, request.json(), request.header("X-Upload-Content-Type"))
            .alsoOf(Hashes.ofHeader(request.header("x-goog-hash")));
    UploadSession session = uploads.start(draft, declared(request));
    return Reply.empty(200)
        .with(
            Map.of(
                "Location", resources.session(session), "X-GUploader-UploadID", session.key()));
  }

  private static @Nullable Long declared(Request request) {
    String length = request.header("X-Upload-Content-Length");
    try {
      return length == null ? null : Long.valueOf(length);
    } catch (NumberFormatException e) {
      throw ApiException.invalid("Invalid X-Upload-Content-Length: '%s'".formatted(length));
    }
  }

  private Reply proceed(String session, Request request) throws IOException {
    ContentRange range = ContentRange.of(request.header("Content-Range"));
    Hashes hashes = Hashes.ofHeader(request.header("x-goog-hash"));
    Progress progress = uploads.take(session, range, hashes, request.body());
    if (progress.object() != null) {
      return Reply.json(progress.object());
    }
    Reply incomplete = Reply.empty(308).with(Map.of("X-GUploader-UploadID", session));
    return progress.received() == 0
        ? incomplete
        : incomplete.with(Map.of("Range", "bytes=0-" + (progress.received() - 1)));
  }

  /** 499 is Google's word for "cancelled by the client". */
  private Reply cancel(String session) {
    uploads.cancel(session);
    return Reply.empty(499);
  }

  private Reply reply(ObjectVersion version) {
    return Reply.json(resources.object(version));
  }
}
