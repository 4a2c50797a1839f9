package dev.slipway.local.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * What the laptop cloud remembers: ordered maps in one crash-safe file, and a folder a service for
 * large content. Laid out as {@code FOLDER/state.mv} and {@code FOLDER/SERVICE/...}.
 *
 * <p>A change is on disk once {@link #commit} returned; services commit before they answer.
 */
public final class State implements AutoCloseable {

  private static final String FILE = "state.mv";

  private final Path folder;
  private final MVStore store;
  private final CompletableFuture<StateException> lost = new CompletableFuture<>();

  private State(Path folder, MVStore store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Opens the state kept in {@code folder}, made if absent.
   *
   * @throws StateException when the folder is in use by another process, damaged or not writable
   */
  public static State open(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new StateException(
          "Tried to make the state folder %s but it is a file. Name another with --state."
              .formatted(folder),
          e);
    } catch (IOException e) {
      throw new StateException(
          "Tried to make the state folder %s but failed: %s. Name another with --state."
              .formatted(folder, IoReason.of(e)),
          e);
    }
    Path file = folder.resolve(FILE);
    try {
      return new State(
          folder,
          new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().cacheSize(8).open());
    } catch (MVStoreException e) {
      throw new StateException(explain(file, e), e);
    }
  }

  /** State that lives in memory; large content goes below {@code folder}. For tests. */
  public static State inMemory(Path folder) {
    return new State(folder, new MVStore.Builder().autoCommitDisabled().open());
  }

  private static String explain(Path file, MVStoreException e) {
    if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
      return "Tried to open %s but another laptop cloud is using it. Stop that one, or name another folder with --state."
          .formatted(file);
    }
    if (e.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
      return unwritten(file, e);
    }
    return ("Tried to open %s but it is damaged: %s. Nothing was changed; move the folder %s away to"
            + " start afresh, or restore a copy of it.")
        .formatted(file, e.getMessage(), file.getParent());
  }

  private static String unwritten(Path file, MVStoreException e) {
    String why =
        e.getCause() instanceof IOException io ? IoReason.of(io) : String.valueOf(e.getMessage());
    return ("Tried to write %s but failed: %s. The laptop cloud has stopped; all that it had answered"
            + " is kept. Mend that and start it again.")
        .formatted(file, why);
  }

  /** The ordered map {@code name}, by convention {@code service.noun}; made if absent. */
  public MVMap<String, byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** The folder for large content of one service; made if absent. */
  public Path folder(String service) {
    Path path = folder.resolve(service);
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new StateException(
          "Tried to make %s but failed: %s".formatted(path, IoReason.of(e)), e);
    }
  }

  /**
   * Puts every change so far on disk.
   *
   * @throws StateException when it cannot; then nothing can be read or changed any more
   */
  public void commit() {
    try {
      store.commit();
    } catch (MVStoreException e) {
      StateException failed = new StateException(unwritten(folder.resolve(FILE), e), e);
      lost.complete(failed);
      throw failed;
    }
  }

  /** The first failure to write, once there is one. */
  public CompletableFuture<StateException> lost() {
    return lost;
  }

  @Override
  public void close() {
    if (!store.isClosed()) {
      store.close();
    }
  }
}
