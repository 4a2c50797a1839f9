package dev.slipway.source;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import dev.slipway.release.Upload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The uploads in a bucket that are due: not so new that their event may still be on its way. */
public final class BucketUploads implements Uploads {

  private final Storage storage;
  private final String bucket;
  private final Window window;
  private final Clock clock;

  /**
   * Which uploads are looked at.
   *
   * @param from age from which an event is overdue
   * @param to age up to which the sweep looks; Eventarc gives up after a day
   */
  public record Window(Duration from, Duration to) {
    public static final Window DEFAULT = new Window(Duration.ofMinutes(2), Duration.ofDays(2));
  }

  public BucketUploads(Storage storage, String bucket, Window window, Clock clock) {
    this.storage = storage;
    this.bucket = bucket;
    this.window = window;
    this.clock = clock;
  }

  @Override
  public List<Upload> recent() {
    Instant now = clock.instant();
    return storage
        .list(bucket)
        .streamAll()
        .filter(blob -> !blob.getName().endsWith("/"))
        .filter(blob -> isDue(blob.getCreateTimeOffsetDateTime().toInstant(), now))
        .sorted(Comparator.comparing(Blob::getGeneration))
        .map(blob -> new Upload(bucket, blob.getName(), blob.getGeneration()))
        .toList();
  }

  private boolean isDue(Instant created, Instant now) {
    return created.isBefore(now.minus(window.from())) && created.isAfter(now.minus(window.to()));
  }
}
