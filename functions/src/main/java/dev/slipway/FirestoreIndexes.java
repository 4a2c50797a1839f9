package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Every composite index the functions' queries need: the one list of them. */
public final class FirestoreIndexes {

  private FirestoreIndexes() {}

  /**
   * In the form of {@code firestore.indexes.json}, for the laptop cloud and for whoever provisions.
   */
  public static String json() {
    try (InputStream in =
        FirestoreIndexes.class.getResourceAsStream("/firestore.indexes.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read the list of Firestore indexes", e);
    }
  }
}
