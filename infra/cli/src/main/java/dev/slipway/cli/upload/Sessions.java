package dev.slipway.cli.upload;

import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.RestorableState;
import com.google.cloud.WriteChannel;
import dev.slipway.cli.laptop.Failure;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of uploads under way: a file each, which only its owner may read, since who knows an
 * upload's session can go on with it. Credentials are never in it: those at hand take their place.
 */
public final class Sessions {

  /** Cloud Storage keeps a session for a week; a day less is safe. */
  private static final Duration LIFETIME = Duration.ofDays(6);

  private final Path folder;
  private final Clock clock;

  /**
   * Keeps them in a folder.
   *
   * @param folder made when it is needed
   */
  public Sessions(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * How far an upload is.
   *
   * @param begun when its session was opened
   * @param offset how many bytes Cloud Storage has confirmed
   */
  record Saved(Instant begun, long offset, RestorableState<WriteChannel> state) {}

  /** What is kept of an upload; nothing where it began too long ago or cannot be understood. */
  Optional<Saved> find(String key, Credentials credentials) {
    Path file = file(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (ObjectInputStream in = new Reading(file, credentials)) {
      Instant begun = Instant.ofEpochSecond(in.readLong());
      long offset = in.readLong();
      @SuppressWarnings("unchecked") // the only thing that is ever written there
      RestorableState<WriteChannel> state = (RestorableState<WriteChannel>) in.readObject();
      return begun.plus(LIFETIME).isAfter(clock.instant())
          ? Optional.of(new Saved(begun, offset, state))
          : Optional.empty();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      // Another version wrote it, or it is damaged: the upload begins again.
      return Optional.empty();
    }
  }

  /** Keeps how far an upload is. */
  void save(String key, Saved saved) {
    try {
      Files.createDirectories(folder);
      Path half = Files.createTempFile(folder, key, ".half");
      if (Files.getFileStore(half).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
      }
      try (ObjectOutputStream out = new Writing(Files.newOutputStream(half))) {
        out.writeLong(saved.begun().getEpochSecond());
        out.writeLong(saved.offset());
        out.writeObject(saved.state());
      }
      Files.move(half, file(key), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure(
          "Tried to note in %s how far the upload is but failed: %s".formatted(folder, e), e);
    }
  }

  void forget(String key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new Failure("Tried to delete %s but failed: %s".formatted(file(key), e), e);
    }
  }

  private Path file(String key) {
    return folder.resolve(key + ".upload");
  }

  /** Puts nobody's credentials in the place of somebody's. */
  private static final class Writing extends ObjectOutputStream {

    Writing(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      return object instanceof Credentials ? NoCredentials.getInstance() : object;
    }
  }

  /** Puts the credentials at hand in, and makes only what belongs to the client's own state. */
  private static final class Reading extends ObjectInputStream {

    private final Credentials credentials;

    Reading(Path file, Credentials credentials) throws IOException {
      super(Files.newInputStream(file));
      this.credentials = credentials;
      enableResolveObject(true);
      setObjectInputFilter(
          info -> {
            Class<?> type = info.serialClass();
            return type == null || type.isArray() || isKnown(type.getName())
                ? ObjectInputFilter.Status.UNDECIDED
                : ObjectInputFilter.Status.REJECTED;
          });
    }

    private static boolean isKnown(String name) {
      return name.startsWith("com.google.") || name.startsWith("java.");
    }

    @Override
    protected Object resolveObject(Object object) {
      return object instanceof NoCredentials ? credentials : object;
    }
  }
}
