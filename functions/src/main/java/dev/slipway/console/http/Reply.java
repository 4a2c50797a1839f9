package dev.slipway.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status HTTP status code
 * @param headers the content type among them
 * @param body writes the body, possibly for minutes
 */
public record Reply(int status, Map<String, String> headers, Body body) {

  private static final String CONTENT_TYPE = "content-type";

  /** What is sent. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Bytes known beforehand. */
  public static final class Bytes implements Body {

    private final byte[] content;

    public Bytes(byte[] content) {
      this.content = content.clone();
    }

    public byte[] content() {
      return content.clone();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(content);
    }
  }

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Text of some media type, in UTF-8. */
  public static Reply text(int status, String mediaType, String text) {
    return new Reply(
        status,
        Map.of(CONTENT_TYPE, mediaType + "; charset=utf-8"),
        new Bytes(text.getBytes(UTF_8)));
  }

  public static Reply html(int status, String html) {
    return text(status, "text/html", html);
  }

  public static Reply json(int status, String json) {
    return text(status, "application/json", json);
  }

  /** Sends a browser elsewhere, to be asked for by GET. */
  public static Reply seeOther(String where) {
    return text(303, "text/plain", "").with("location", where);
  }

  /** The same with one more header, which comes before one of that name. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }

  /** The same with more headers, of which those it has already stay. */
  public Reply under(Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(headers);
    return new Reply(status, all, body);
  }

  /** The same without its body. */
  public Reply head() {
    return new Reply(status, headers, new Bytes(new byte[0]));
  }

  /** The body as text, where it is known beforehand. */
  public String text() {
    return body instanceof Bytes bytes ? new String(bytes.content(), UTF_8) : "";
  }
}
