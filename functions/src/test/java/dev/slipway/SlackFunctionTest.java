package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Patience;
import dev.slipway.release.Policy;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is open to anyone does nothing for anyone. */
final class SlackFunctionTest {

  private static final String PATH = "/slack/interactions";

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put(Settings.PROJECT, "acme");
    environment.put(Settings.REGION, "europe-west1");
    environment.put(Settings.DATABASE, "web");
    environment.put(Settings.UPLOAD_BUCKET, "uploads");
    environment.put(Settings.SOURCE_BUCKET, "sources");
    environment.put(Settings.REPOSITORY, "host/acme/images");
    environment.put(Settings.RELEASE_TOPIC, "release-events");
    environment.put(Settings.SLACK_CHANNEL, "C123");
    environment.put(Settings.SLACK_TOKEN, "xoxb-nobody");
    environment.put(Settings.SLACK_SIGNING_SECRET, "a signing secret");
    return environment;
  }

  /** The status of the answer; no port may be asked for. */
  private static int status(Map<String, String> environment, String method, String path, byte[] body)
      throws Exception {
    Ports none =
        fake(
            Ports.class,
            (name, argument) -> {
              throw new AssertionError("asked for " + name);
            });
    Wiring wiring =
        new Wiring(
            Settings.from(environment),
            none,
            new Advance.Context(
                Policy.DEFAULT,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                new Patience(Duration.ZERO, 0, span -> {})));
    HttpRequest request =
        fake(
            HttpRequest.class,
            (name, argument) ->
                switch (name) {
                  case "getMethod" -> method;
                  case "getPath" -> path;
                  case "getInputStream" -> new ByteArrayInputStream(body);
                  case "getFirstHeader" ->
                      Optional.of(argument.equals("X-Slack-Signature") ? "v0=forged" : "0");
                  default -> throw new AssertionError("asked for " + name);
                });
    AtomicInteger status = new AtomicInteger();
    HttpResponse response =
        fake(
            HttpResponse.class,
            (name, argument) ->
                switch (name) {
                  case "setStatusCode" -> {
                    status.set((Integer) argument);
                    yield "";
                  }
                  case "getWriter" -> new BufferedWriter(new StringWriter());
                  default -> "";
                });
    new SlackFunction(wiring).service(request, response);
    return status.get();
  }

  private interface Answers {
    Object to(String method, Object argument);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer =
                  answers.to(method.getName(), arguments == null ? "" : arguments[0]);
              return method.getReturnType() == void.class ? null : answer;
            }));
  }

  @Test
  void anotherPathOrMethodIsNotFound() throws Exception {
    assertThat(status(environment(), "GET", PATH, new byte[0])).isEqualTo(404);
    assertThat(status(environment(), "POST", "/", new byte[0])).isEqualTo(404);
    assertThat(status(environment(), "POST", "/api/releases", new byte[0])).isEqualTo(404);
  }

  @Test
  void whatSlackDidNotSignIsRefusedWithoutALook() throws Exception {
    assertThat(status(environment(), "POST", PATH, "payload=%7B%7D".getBytes(UTF_8)))
        .isEqualTo(401);
    assertThat(status(environment(), "POST", PATH, new byte[(1 << 20) + 1])).isEqualTo(413);
  }

  @Test
  void withoutASecretNothingCanBeSigned() throws Exception {
    Map<String, String> environment = environment();
    environment.remove(Settings.SLACK_SIGNING_SECRET);

    assertThat(status(environment, "POST", PATH, new byte[0])).isEqualTo(404);
  }
}
