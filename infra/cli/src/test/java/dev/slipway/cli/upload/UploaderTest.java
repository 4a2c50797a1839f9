package dev.slipway.cli.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.chaos.Fault;
import dev.slipway.local.chaos.Odds;
import dev.slipway.local.chaos.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** With Google's client, against the laptop's Cloud Storage. */
final class UploaderTest {

  private static final String BUCKET = "sources";
  private static final int SIZE = 2 * Uploader.CHUNK + 12345;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir static Path state;

  @AutoClose private static LaptopCloud cloud;

  @TempDir Path work;

  private String object = "";
  private Path file = Path.of("");

  @BeforeAll
  static void start() {
    cloud =
        LaptopCloud.start(
            LaptopSetup.config(state, LaptopSetup.LAPTOP_POLICY, Duration.ofHours(1)));
  }

  @BeforeEach
  void write(TestInfo test) throws IOException {
    object = test.getTestMethod().orElseThrow().getName() + ".tar.gz";
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    file = Files.write(work.resolve("a.tar.gz"), content);
  }

  @AfterEach
  void clear() {
    cloud.chaos().clear();
  }

  private static Storage storage(Credentials credentials) {
    return storage(credentials, cloud.endpoints().http());
  }

  private static Storage storage(Credentials credentials, String host) {
    return StorageOptions.newBuilder()
        .setProjectId(LaptopCloud.PROJECT)
        .setHost(host)
        .setCredentials(credentials)
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setMaxAttempts(2)
                .setInitialRetryDelayDuration(Duration.ofMillis(1))
                .setMaxRetryDelayDuration(Duration.ofMillis(2))
                .setTotalTimeoutDuration(Duration.ofSeconds(20))
                .build())
        .build()
        .getService();
  }

  private Uploader uploader(Instant now) {
    return uploader(NoCredentials.getInstance(), now);
  }

  private Uploader uploader(Credentials credentials, Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new Uploader(storage(credentials), new Sessions(work.resolve("sessions"), clock), clock);
  }

  private Uploader.Uploaded upload(Uploader uploader) {
    return uploader.upload(file, BUCKET, object, (done, total) -> {});
  }

  /** From the first chunk that arrived on, nothing gets through. */
  private void breakMidway(Uploader uploader) {
    assertThatThrownBy(
            () ->
                uploader.upload(
                    file,
                    BUCKET,
                    object,
                    (done, total) -> {
                      if (done > 0) {
                        cloud.chaos().add(
                            Rule.of("http:PUT /upload/*", Fault.BEFORE).answering("503"));
                      }
                    }))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Push again: it goes on from where it was.");
    cloud.chaos().clear();
  }

  private List<Path> kept() throws IOException {
    Path sessions = work.resolve("sessions");
    if (!Files.exists(sessions)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(sessions)) {
      return all.toList();
    }
  }

  private byte[] there() {
    return storage(NoCredentials.getInstance()).readAllBytes(BUCKET, object);
  }

  @Test
  void aFileArrivesWholeAndNothingIsKept() throws IOException {
    Uploader.Uploaded uploaded = upload(uploader(NOW));

    assertThat(uploaded.same()).isFalse();
    assertThat(uploaded.upload().generation()).isPositive();
    assertThat(there()).isEqualTo(Files.readAllBytes(file));
    assertThat(kept()).isEmpty();
  }

  @Test
  void anEmptyFileArrives() throws IOException {
    Files.write(file, new byte[0]);

    upload(uploader(NOW));

    assertThat(there()).isEmpty();
  }

  @Test
  void whatIsDamagedOnItsWayBecomesNoObject() throws IOException {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    try (DamagingLine line = new DamagingLine(cloud.endpoints().httpPort(), Uploader.CHUNK)) {
      Uploader uploader =
          new Uploader(
              storage(NoCredentials.getInstance(), line.address()),
              new Sessions(work.resolve("sessions"), clock),
              clock);

      assertThatThrownBy(() -> upload(uploader))
          .isInstanceOf(Failure.class)
          .hasStackTraceContaining("doesn't match calculated CRC32C");
      assertThat(line.hasDamaged()).isTrue();
    }
    assertThat(storage(NoCredentials.getInstance()).get(BUCKET, object)).isNull();
  }

  @Test
  void aFileThatIsWrittenToMeanwhileBecomesNoObject() {
    Uploader.Progress writing =
        (done, total) -> {
          if (done == Uploader.CHUNK) {
            overwrite(SIZE - 1);
          }
        };

    assertThatThrownBy(() -> uploader(NOW).upload(file, BUCKET, object, writing))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("was written to while it was uploaded; nothing was uploaded");
    assertThat(storage(NoCredentials.getInstance()).get(BUCKET, object)).isNull();
  }

  private void overwrite(long at) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var unused = channel.write(ByteBuffer.wrap("another".getBytes(StandardCharsets.UTF_8)), at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theSameAgainUploadsNothing() {
    Uploader.Uploaded first = upload(uploader(NOW));

    Uploader.Uploaded second = upload(uploader(NOW));

    assertThat(second.same()).isTrue();
    assertThat(second.upload()).isEqualTo(first.upload());
  }

  @Test
  void otherContentTakesThePlace() throws IOException {
    Uploader.Uploaded first = upload(uploader(NOW));
    Files.writeString(file, "other");

    Uploader.Uploaded second = upload(uploader(NOW));

    assertThat(second.upload().generation()).isGreaterThan(first.upload().generation());
    assertThat(there()).asString().isEqualTo("other");
  }

  @Test
  void aMomentsFaultIsMendedByTheClient() throws IOException {
    cloud.chaos().add(
        Rule.of("http:PUT /upload/*", Fault.AFTER).answering("503").with(new Odds(1, 2, 1, 0)));

    upload(uploader(NOW));

    assertThat(cloud.chaos().rules()).allMatch(rule -> rule.struck() == 1);
    assertThat(there()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void whatWasBrokenOffGoesOnWhereItWas() throws IOException {
    breakMidway(uploader(NOW));

    Uploader.Uploaded uploaded = upload(uploader(NOW.plus(Duration.ofDays(1))));

    assertThat(uploaded.resumed()).isEqualTo(Uploader.CHUNK);
    assertThat(there()).isEqualTo(Files.readAllBytes(file));
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatIsTooOldBeginsAgain() throws IOException {
    breakMidway(uploader(NOW));

    Uploader.Uploaded uploaded = upload(uploader(NOW.plus(Duration.ofDays(7))));

    assertThat(uploaded.resumed()).isZero();
    assertThat(there()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aSessionTheCloudKnowsNoMoreBeginsAgain() throws IOException {
    breakMidway(uploader(NOW));
    cloud.chaos().add(
        Rule.of("http:PUT /upload/*", Fault.BEFORE).answering("410").with(new Odds(1, 1, 1, 0)));

    Uploader.Uploaded uploaded = upload(uploader(NOW));

    assertThat(uploaded.resumed()).isZero();
    assertThat(there()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void whatIsDamagedBeginsAgain() throws IOException {
    breakMidway(uploader(NOW));
    Files.writeString(kept().getFirst(), "no session");

    assertThat(upload(uploader(NOW)).resumed()).isZero();
  }

  @Test
  void otherContentDoesNotGoOnWithTheFormersSession() throws IOException {
    breakMidway(uploader(NOW));
    byte[] other = Files.readAllBytes(file);
    other[0]++;
    Files.write(file, other);

    assertThat(upload(uploader(NOW)).resumed()).isZero();
    assertThat(there()).isEqualTo(other);
  }

  @Test
  void credentialsAreNotKeptAndThoseAtHandAreUsed() throws IOException {
    String token = "a-token-nobody-may-keep";
    Credentials credentials =
        GoogleCredentials.create(
            new AccessToken(token, Date.from(Instant.parse("2999-01-01T00:00:00Z"))));

    breakMidway(uploader(credentials, NOW));

    String kept = Files.readString(kept().getFirst(), StandardCharsets.ISO_8859_1);
    assertThat(kept).contains("upload_id").doesNotContain(token);
    assertThat(upload(uploader(credentials, NOW)).resumed()).isEqualTo(Uploader.CHUNK);
  }
}
