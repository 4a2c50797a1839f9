package dev.slipway.local.functions.sample;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes each event it gets to the file DIARY; its first FAILURES calls fail instead. */
public final class Diary implements CloudEventsFunction {

  private final Path file = Path.of(Environment.get("DIARY"));
  private final AtomicInteger failures =
      new AtomicInteger(Integer.parseInt(Environment.get("FAILURES")));

  @Override
  public void accept(CloudEvent event) throws IOException {
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("not now");
    }
    String data = new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
    write("%s %s %s %s %s".formatted(
        Environment.get("TEAM"), event.getId(), event.getType(), event.getSubject(), data));
  }

  private synchronized void write(String line) throws IOException {
    Files.writeString(
        file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
