package dev.slipway.source;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/** As much of Cloud Storage's JSON API as one adapter uses. */
public final class BucketServer implements AutoCloseable {

  private static final class Stored {
    final String bucket;
    final String name;
    final long generation;
    final byte[] content;

    Stored(String bucket, String name, long generation, byte[] content) {
      this.bucket = bucket;
      this.name = name;
      this.generation = generation;
      this.content = content;
    }
  }

  private final HttpServer http;
  private final Map<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final Map<String, String> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger downloads = new AtomicInteger();
  private final AtomicInteger counter = new AtomicInteger();
  private final AtomicReference<String> hidden = new AtomicReference<>("");
  private volatile boolean damaging;

  private BucketServer(HttpServer http) {
    this.http = http;
  }

  public static BucketServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    BucketServer server = new BucketServer(http);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  static List<String> workingFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("slipway-source-"))
          .sorted()
          .toList();
    }
  }

  public String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  public long put(String bucket, String name, byte[] content) {
    long generation = counter.incrementAndGet();
    objects.put(bucket + "/" + name, new Stored(bucket, name, generation, content));
    return generation;
  }

  public byte[] content(String bucket, String name) {
    Stored stored = objects.get(bucket + "/" + name);
    return stored == null ? new byte[0] : stored.content;
  }

  public long generations(String bucket) {
    return objects.values().stream().filter(o -> o.bucket.equals(bucket)).count();
  }

  public int downloads() {
    return downloads.get();
  }

  /** The next look at this bucket finds nothing, as if what is there came a moment later. */
  public void hideOnce(String bucket) {
    hidden.set(bucket);
  }

  void damageDownloads() {
    damaging = true;
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      if (path.startsWith("/upload/")) {
        upload(exchange, path, query, body);
      } else {
        read(exchange, path, query);
      }
    }
  }

  private void read(HttpExchange exchange, String path, String query) throws IOException {
    String object = path.replaceFirst(".*/b/", "").replaceFirst("/o/", "/");
    String key = URLDecoder.decode(object, StandardCharsets.UTF_8);
    Stored stored = objects.get(key);
    String wanted = parameter(query, "generation");
    boolean hide = stored != null && hidden.compareAndSet(stored.bucket, "");
    if (stored == null || hide
        || !(wanted.isEmpty() || wanted.equals(Long.toString(stored.generation)))) {
      answer(exchange, 404, "{\"error\":{\"code\":404,\"message\":\"No such object\"}}");
    } else if (parameter(query, "alt").equals("media")) {
      downloads.incrementAndGet();
      byte[] content = stored.content.clone();
      if (damaging) {
        content[content.length / 2] ^= 1;
      }
      exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
      exchange.getResponseHeaders().set("x-goog-generation", "" + stored.generation);
      send(exchange, 200, content);
    } else {
      answer(exchange, 200, json(stored));
    }
  }

  private void upload(HttpExchange exchange, String path, String query, byte[] body)
      throws IOException {
    String bucket = path.replaceFirst(".*/b/", "").replaceFirst("/o$", "");
    if (parameter(query, "uploadType").equals("multipart")) {
      store(exchange, bucket, part(body, 0), part(body, 1), query);
    } else if (exchange.getRequestMethod().equals("POST")) {
      String id = "u" + uploads.size();
      uploads.put(id, new String(body, StandardCharsets.UTF_8));
      exchange
          .getResponseHeaders()
          .set("Location", address() + path + "?" + query + "&upload_id=" + id);
      answer(exchange, 200, "");
    } else {
      String metadata = uploads.getOrDefault(parameter(query, "upload_id"), "{}");
      store(exchange, bucket, metadata.getBytes(StandardCharsets.UTF_8), body, query);
    }
  }

  private void store(
      HttpExchange exchange, String bucket, byte[] metadata, byte[] content, String query)
      throws IOException {
    String name =
        JsonParser.parseString(new String(metadata, StandardCharsets.UTF_8))
            .getAsJsonObject()
            .get("name")
            .getAsString();
    boolean create = parameter(query, "ifGenerationMatch").equals("0");
    if (create && objects.containsKey(bucket + "/" + name)) {
      answer(exchange, 412, "{\"error\":{\"code\":412,\"message\":\"conditionNotMet\"}}");
      return;
    }
    long generation = put(bucket, name, content);
    answer(exchange, 200, json(new Stored(bucket, name, generation, content)));
  }

  private static byte[] part(byte[] body, int index) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String boundary = text.substring(0, text.indexOf("\r\n"));
    int from = 0;
    for (int i = 0; i <= index; i++) {
      from = text.indexOf("\r\n\r\n", from) + 4;
    }
    return Arrays.copyOfRange(body, from, text.indexOf("\r\n" + boundary, from));
  }

  private static String parameter(String query, String name) {
    return Stream.of(query.split("&", -1))
        .filter(p -> p.startsWith(name + "="))
        .map(p -> p.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static String json(Stored stored) {
    CRC32C crc = new CRC32C();
    crc.update(stored.content);
    byte[] sum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    JsonObject json = new JsonObject();
    json.addProperty("kind", "storage#object");
    json.addProperty("bucket", stored.bucket);
    json.addProperty("name", stored.name);
    json.addProperty("generation", Long.toString(stored.generation));
    json.addProperty("size", Integer.toString(stored.content.length));
    json.addProperty("crc32c", Base64.getEncoder().encodeToString(sum));
    return json.toString();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, status, bytes);
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
