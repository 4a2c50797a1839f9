package dev.slipway.local.pubsub;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;

/** Pushes over HTTP/1.1; follows no redirect, as Google does not. */
public final class HttpPushClient implements PushClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(
              Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-", 0).factory()))
          .build();

  @Override
  public CompletionStage<Integer> post(PushRequest request) {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(request.endpoint())
            .timeout(request.timeout())
            .POST(BodyPublishers.ofByteArray(request.body().toByteArray()));
    request.headers().forEach(post::header);
    return http.sendAsync(post.build(), BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
