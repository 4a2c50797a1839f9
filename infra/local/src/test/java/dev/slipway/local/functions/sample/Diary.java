package dev.slipway.local.functions.sample;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Posts a line for each event it gets to the URL DIARY; its first FAILURES calls fail instead. */
public final class Diary implements CloudEventsFunction {

  private final URI diary = URI.create(Environment.get("DIARY"));
  private final AtomicInteger failures =
      new AtomicInteger(Integer.parseInt(Environment.get("FAILURES")));

  @Override
  public void accept(CloudEvent event) throws IOException, InterruptedException {
    boolean fails = failures.getAndDecrement() > 0;
    write(
        "%s %s %s %s %s %s"
            .formatted(
                fails ? "failed" : "took",
                Environment.get("TEAM"),
                event.getType(),
                event.getSubject(),
                event.getExtension("bucket"),
                new String(
                    Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8)));
    if (fails) {
      throw new IllegalStateException("not now");
    }
  }

  private void write(String line) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(diary).POST(BodyPublishers.ofString(line)).build(),
          BodyHandlers.discarding());
    }
  }
}
