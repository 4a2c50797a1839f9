package dev.slipway.local;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the cloud of a folder listens: {@code FOLDER/endpoints.json}. */
final class EndpointsFile {

  private static final Logger LOG = System.getLogger(EndpointsFile.class.getName());
  private static final Gson GSON = new Gson();

  private final Path file;

  EndpointsFile(Path folder) {
    file = folder.resolve("endpoints.json");
  }

  /** Where the cloud listened last, if it ever ran. */
  Optional<Endpoints> last() {
    try {
      return Files.exists(file)
          ? Optional.ofNullable(GSON.fromJson(Files.readString(file), Endpoints.class))
          : Optional.empty();
    } catch (IOException | JsonParseException e) {
      LOG.log(Level.WARNING, "Tried to read {0} but failed: {1}", file, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The ports that were asked for, or those of last time where they are still free, so that clients
   * find them again.
   */
  Endpoints choose(Optional<Endpoints> asked) {
    Endpoints chosen =
        asked.or(() -> last().filter(EndpointsFile::areFree)).orElseGet(this::fresh);
    try {
      Files.writeString(file, GSON.toJson(chosen));
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to write " + file + " but failed", e);
    }
    return chosen;
  }

  private Endpoints fresh() {
    Endpoints fresh = Endpoints.free();
    last()
        .ifPresent(
            taken ->
                LOG.log(
                    Level.WARNING,
                    "A port of last time is taken ({0}, {1}); the laptop cloud is now at {2}, {3}",
                    taken.grpc(),
                    taken.http(),
                    fresh.grpc(),
                    fresh.http()));
    return fresh;
  }

  private static boolean areFree(Endpoints endpoints) {
    return Ports.isFree(endpoints.grpcPort()) && Ports.isFree(endpoints.httpPort());
  }
}
