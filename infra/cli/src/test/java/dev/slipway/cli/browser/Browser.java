package dev.slipway.cli.browser;

import com.google.gson.JsonObject;
import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with a profile of its own. */
public final class Browser implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final Duration RESTING = Duration.ofMillis(150);
  private static final int RESTING_LOOKS = 100;

  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on (ws://\\S+)\\R");

  private final Process process;
  private final Wire wire;

  private Browser(Process process, Wire wire) {
    this.process = process;
    this.wire = wire;
  }

  /** Why there is none on this machine; empty when there is. */
  public static Optional<String> missing() {
    return executable().isPresent()
        ? Optional.empty()
        : Optional.of("no Chromium on the path: apt-get install chromium");
  }

  private static Optional<Path> executable() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one.
   *
   * @param profile a folder of its own
   */
  public static Browser start(Path profile) {
    int port = Ports.free();
    ProcessBuilder builder =
        new ProcessBuilder(
            executable().orElseThrow().toString(),
            "--headless=new",
            "--no-sandbox", // as root, which tests in a container are
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--disable-sync",
            "--no-first-run",
            "--no-default-browser-check",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--remote-debugging-address=127.0.0.1",
            "--remote-debugging-port=" + port,
            "--user-data-dir=" + profile,
            "about:blank");
    builder.environment().put("TMPDIR", profile.toString());
    Path log = profile.resolve("chromium.log");
    try {
      Process process =
          builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new Browser(process, new Wire(address(process, log)));
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to start Chromium", e);
    }
  }

  /** The browser says where it listens, among other things. */
  private static URI address(Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline && process.isAlive()) {
      Matcher said = LISTENING.matcher(Files.readString(log));
      if (said.find()) {
        return URI.create(said.group(1));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    throw new IllegalStateException("Chromium did not start: " + Files.readString(log));
  }

  /** Opens a page and waits until it is loaded. */
  public Page open(String address) {
    Page page = tab("");
    page.go(address);
    return page;
  }

  /** A visitor nobody knows: no cookies, nothing kept, no connection open. */
  public Visitor visitor() {
    String context =
        wire.send("", "Target.createBrowserContext", new JsonObject())
            .get("browserContextId")
            .getAsString();
    return new Visitor(context);
  }

  /** Somebody with cookies and a cache of their own, forgotten when closed. */
  public final class Visitor implements AutoCloseable {

    private final String context;

    private Visitor(String context) {
      this.context = context;
    }

    /** An empty page. */
    public Page tab() {
      return Browser.this.tab(context);
    }

    @Override
    public void close() {
      JsonObject json = new JsonObject();
      json.addProperty("browserContextId", context);
      wire.send("", "Target.disposeBrowserContext", json);
    }
  }

  /**
   * Waits until the browser has nothing more to do: a window it has just opened keeps its processes
   * busy for hundreds of milliseconds, none of which are those of the page that is visited in it.
   */
  public void awaitRest() {
    Duration before = worked();
    for (int i = 0; i < RESTING_LOOKS; i++) {
      LockSupport.parkNanos(RESTING.toNanos());
      Duration now = worked();
      if (now.minus(before).compareTo(RESTING.dividedBy(10)) < 0) {
        return;
      }
      before = now;
    }
    throw new IllegalStateException("Chromium is at work without end");
  }

  /** The processor time of all its processes so far. */
  private Duration worked() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Page tab(String context) {
    JsonObject target = new JsonObject();
    target.addProperty("url", "about:blank");
    if (!context.isEmpty()) {
      target.addProperty("browserContextId", context);
    }
    JsonObject attach = new JsonObject();
    attach.add("targetId", wire.send("", "Target.createTarget", target).get("targetId"));
    attach.addProperty("flatten", true);
    String session = wire.send("", "Target.attachToTarget", attach).get("sessionId").getAsString();
    return new Page(wire, session);
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    try {
      wire.send("", "Browser.close", new JsonObject());
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException gone) {
      // it hung up before it answered
    }
    wire.close();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
