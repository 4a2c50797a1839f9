package dev.slipway.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users, as a service sees them: a few at a time, each asking again and again, until closed. No
 * request is ever sent twice, so that a lost one shows.
 */
final class LoadGenerator implements AutoCloseable {

  private static final int USERS = 4;
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String ON_PURPOSE = "on purpose";
  private static final Pattern VERSION = Pattern.compile("version (\\S+)!");

  /**
   * What came of one request.
   *
   * @param at when it was sent
   * @param version the version that answered; empty when none did, or not well
   * @param onPurpose whether it was the crate that failed it, as it was told to
   */
  record Answer(Instant at, Optional<String> version, boolean onPurpose) {}

  private final HttpRequest request;
  private final Clock clock;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());

  private LoadGenerator(URI uri, Clock clock) {
    request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    this.clock = clock;
  }

  static LoadGenerator on(URI uri, Clock clock) {
    LoadGenerator load = new LoadGenerator(uri, clock);
    for (int i = 0; i < USERS; i++) {
      load.users.execute(load::ask);
    }
    return load;
  }

  private void ask() {
    try {
      while (!stop.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
        Instant at = clock.instant();
        answers.add(send(at));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer send(Instant at) throws InterruptedException {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      Matcher version = VERSION.matcher(response.body());
      return response.statusCode() == 200 && version.find()
          ? new Answer(at, Optional.of(version.group(1)), false)
          : new Answer(at, Optional.empty(), response.body().contains(ON_PURPOSE));
    } catch (IOException e) {
      return new Answer(at, Optional.empty(), false);
    }
  }

  /** Lets the requests under way finish, sends no more and returns every answer. */
  List<Answer> finish() {
    stop.countDown();
    users.close();
    synchronized (answers) {
      return List.copyOf(answers);
    }
  }

  @Override
  public void close() {
    finish();
    http.close();
  }
}
