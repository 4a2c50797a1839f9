package dev.slipway.cli.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.slipway.cli.whole.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One page of a browser, and the hands and eyes of who sits before it. */
public final class Page implements AutoCloseable {

  private final Wire wire;
  private final String session;

  Page(Wire wire, String session) {
    this.wire = wire;
    this.session = session;
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  private JsonObject send(String method, Map<String, ?> parameters) {
    JsonObject json = new JsonObject();
    parameters.forEach(
        (name, value) -> {
          switch (value) {
            case String text -> json.addProperty(name, text);
            case Boolean flag -> json.addProperty(name, flag);
            case Number number -> json.addProperty(name, number);
            case JsonElement element -> json.add(name, element);
            default -> throw new IllegalArgumentException(name);
          }
        });
    return wire.send(session, method, json);
  }

  /** Goes to an address and waits until it is loaded. */
  public void go(String address) {
    leave(address);
    loaded();
  }

  /** Sets out for an address. */
  public void leave(String address) {
    send("Page.navigate", Map.of("url", address));
  }

  public void loaded() {
    Await.until(
        "a loaded page",
        () -> truth("document.readyState === 'complete' && location.href !== 'about:blank'"));
  }

  /** The value of an expression of JavaScript. */
  public JsonElement value(String expression) {
    JsonObject result =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    JsonElement value = result.getAsJsonObject("result").get("value");
    return value == null ? com.google.gson.JsonNull.INSTANCE : value;
  }

  public boolean truth(String expression) {
    try {
      JsonElement value = value("!!(" + expression + ")");
      return value.isJsonPrimitive() && value.getAsBoolean();
    } catch (IllegalStateException navigating) {
      return false;
    }
  }

  /** The text a person sees, of the first element a selector finds; {@code ""} of none. */
  public String text(String selector) {
    return value("document.querySelector(%s)?.innerText ?? ''".formatted(quoted(selector)))
        .getAsString();
  }

  public void awaitText(String selector, String part) {
    Await.that(
        () -> "'%s' in %s, which is: %s".formatted(part, selector, text(selector)),
        () -> {
          try {
            return text(selector).contains(part)
                ? java.util.Optional.of(true)
                : java.util.Optional.empty();
          } catch (IllegalStateException navigating) {
            return java.util.Optional.empty();
          }
        });
  }

  /** Clicks with the mouse in the middle of the first element a selector finds. */
  public void click(String selector) {
    JsonArray at =
        value(
                """
                (() => {
                  const e = document.querySelector(%s);
                  e.scrollIntoView({block: 'center', behavior: 'instant'});
                  const r = e.getBoundingClientRect();
                  return [r.x + r.width / 2, r.y + r.height / 2];
                })()
                """
                    .formatted(quoted(selector)))
            .getAsJsonArray();
    for (String type : List.of("mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type", type, "x", at.get(0), "y", at.get(1), "button", "left", "clickCount", 1));
    }
  }

  /** Presses and releases a key: {@code Tab}, {@code Enter}. */
  public void key(String key) {
    int code = key.equals("Tab") ? 9 : 13;
    Map<String, Object> down =
        key.equals("Enter")
            ? Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code, "text", "\r")
            : Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code);
    send("Input.dispatchKeyEvent", down);
    send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
  }

  /** Types into whatever has the focus. */
  public void type(String text) {
    send("Input.insertText", Map.of("text", text));
  }

  /** Has the browser count the processor time of the page's thread, from its next visit on. */
  public void countProcessorTime() {
    send("Performance.enable", Map.of("timeDomain", "threadTicks"));
  }

  /** The processor time of the page's thread so far. */
  public double processorMillis() {
    for (JsonElement metric : send("Performance.getMetrics", Map.of()).getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
        return metric.getAsJsonObject().get("value").getAsDouble() * 1000;
      }
    }
    throw new IllegalStateException("this Chromium does not count a page's time");
  }

  /** The id of what has the focus. */
  public String focused() {
    return value("document.activeElement?.id ?? ''").getAsString();
  }

  public void size(int width, int height, double scale) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 500));
  }

  /** {@code light} or {@code dark}. */
  public void scheme(String scheme) {
    JsonObject feature = new JsonObject();
    feature.addProperty("name", "prefers-color-scheme");
    feature.addProperty("value", scheme);
    JsonArray features = new JsonArray();
    features.add(feature);
    send("Emulation.setEmulatedMedia", Map.of("features", features));
  }

  /** Lets no request through whose address has this form; {@code *} stands for anything. */
  public void block(String address) {
    JsonArray addresses = new JsonArray();
    addresses.add(address);
    send("Network.setBlockedURLs", Map.of("urls", addresses));
  }

  /** What assistive technology is told of the page. */
  public JsonArray accessibility() {
    return send("Accessibility.getFullAXTree", Map.of()).getAsJsonArray("nodes");
  }

  /** What the browser found fault with: errors, refused programs, uncaught exceptions. */
  public List<String> complaints() {
    return wire.events().stream()
        .filter(event -> event.has("sessionId") && event.get("sessionId").getAsString().equals(session))
        .filter(
            event ->
                switch (event.get("method").getAsString()) {
                  case "Runtime.exceptionThrown" -> true;
                  case "Log.entryAdded" ->
                      event
                          .getAsJsonObject("params")
                          .getAsJsonObject("entry")
                          .get("level")
                          .getAsString()
                          .equals("error");
                  default -> false;
                })
        .map(JsonObject::toString)
        .toList();
  }

  /** Every address the page asked for. */
  public List<String> asked() {
    return wire.events().stream()
        .filter(event -> event.has("sessionId") && event.get("sessionId").getAsString().equals(session))
        .filter(event -> event.get("method").getAsString().equals("Network.requestWillBeSent"))
        .map(
            event ->
                event.getAsJsonObject("params").getAsJsonObject("request").get("url").getAsString())
        .toList();
  }

  /** Takes a picture of what is in view. */
  public void picture(Path file) {
    String data = send("Page.captureScreenshot", Map.of("format", "png")).get("data").getAsString();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) {
    return new com.google.gson.JsonPrimitive(text).toString();
  }

  @Override
  public void close() {
    send("Page.close", Map.of());
  }
}
