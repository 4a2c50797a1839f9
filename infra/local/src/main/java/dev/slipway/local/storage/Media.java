package dev.slipway.local.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Answers a download: whole, a range, or unpacked for a client that takes no gzip. */
final class Media {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Objects objects;

  Media(Objects objects) {
    this.objects = objects;
  }

  Reply of(ObjectVersion version, Request request) throws IOException {
    Map<String, String> headers = headers(version);
    String encoding = version.attribute("contentEncoding");
    if ("gzip".equals(encoding) && mustUnpack(version, request)) {
      headers.put("Warning", "214 UploadServer gunzipped");
      return unpacked(version, headers);
    }
    put(headers, "Content-Encoding", encoding);
    headers.put("Accept-Ranges", "bytes");
    long size = version.content().size();
    ByteRange range = ByteRange.of(request.header("Range"), size);
    if (range == null) {
      return new Reply(200, headers, objects.open(version, 0), size);
    }
    headers.put("Content-Range", range.of(size));
    return new Reply(206, headers, objects.open(version, range.first()), range.length());
  }

  private static boolean mustUnpack(ObjectVersion version, Request request) {
    String accepted = request.header("Accept-Encoding");
    String cacheControl = version.attribute("cacheControl");
    return (accepted == null || !accepted.contains("gzip"))
        && (cacheControl == null || !cacheControl.contains("no-transform"));
  }

  /** The content as it was before it was packed; a range would be one of packed bytes: ignored. */
  private Reply unpacked(ObjectVersion version, Map<String, String> headers) throws IOException {
    InputStream packed = objects.open(version, 0);
    try {
      return new Reply(200, headers, new GZIPInputStream(packed), -1);
    } catch (IOException e) {
      // Google, too, gives content as it is when it is not what its metadata say.
      packed.close();
      return new Reply(200, headers, objects.open(version, 0), version.content().size());
    }
  }

  private static Map<String, String> headers(ObjectVersion version) {
    Content content = version.content();
    Map<String, String> headers = new LinkedHashMap<>();
    put(headers, "Content-Type", version.attribute("contentType"));
    put(headers, "Content-Disposition", version.attribute("contentDisposition"));
    put(headers, "Content-Language", version.attribute("contentLanguage"));
    put(headers, "Cache-Control", version.attribute("cacheControl"));
    headers.put("ETag", version.etag());
    headers.put("Last-Modified", HTTP_DATE.format(version.updated()));
    headers.put(
        "X-Goog-Hash",
        "crc32c=" + content.crc32c() + (content.md5() == null ? "" : ",md5=" + content.md5()));
    headers.put("X-Goog-Generation", Long.toString(version.generation()));
    headers.put("X-Goog-Metageneration", Long.toString(version.metageneration()));
    put(headers, "X-Goog-Storage-Class", version.attribute("storageClass"));
    String encoding = version.attribute("contentEncoding");
    headers.put("X-Goog-Stored-Content-Encoding", encoding == null ? "identity" : encoding);
    headers.put("X-Goog-Stored-Content-Length", Long.toString(content.size()));
    return headers;
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}
