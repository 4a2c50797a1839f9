package dev.slipway.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.PolicyDocument;
import dev.slipway.release.SmokeResult;
import dev.slipway.release.SmokeTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What counts as an answer. */
final class HttpSmokeTest {

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server = start(n -> 200);

  private HttpServer start(IntUnaryOperator status) {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext(
          "/",
          exchange -> {
            byte[] body = "{\"state\":\"ok\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(
                status.applyAsInt(asked.incrementAndGet()), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void answering(IntUnaryOperator status) {
    server.stop(0);
    server = start(status);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private SmokeResult smoke(String policy, int warmup) {
    SmokeTest test = PolicyDocument.read("smoke: " + policy).smoke();
    String uri = "http://127.0.0.1:" + server.getAddress().getPort();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new HttpSmoke(http, audience -> Optional.empty(), Clock.systemUTC())
          .run(new Smoke.Address(uri, uri), test, warmup);
    }
  }

  private static String why(SmokeResult result) {
    return ((SmokeResult.Failed) result).why();
  }

  @Test
  void anAnswerOfAnAcceptedStatusThatHoldsTheTextPasses() {
    assertThat(smoke("{status: [200], contains: '\"ok\"', requests: 2}", 0))
        .isInstanceOf(SmokeResult.Passed.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void anAnswerOfAnotherStatusFailsHoweverGood() {
    assertThat(why(smoke("{status: [204]}", 0)))
        .isEqualTo("GET / answered 200: {\"state\":\"ok\"}");
  }

  @Test
  void anAnswerWithoutTheTextFailsAndIsShown() {
    assertThat(why(smoke("{contains: ready}", 0)))
        .isEqualTo("GET / answered 200, but nothing with 'ready': {\"state\":\"ok\"}");
  }

  @Test
  void aCandidateMustAnswerWhileItIsWarmedUpToo() {
    answering(n -> n == 5 ? 503 : 200);

    assertThat(why(smoke("{requests: 3}", 4))).startsWith("warm-up request 2: GET / answered 503");
  }
}
