package dev.slipway.local.builds.work;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;
import com.google.cloudbuild.v1.FileHashes;
import com.google.cloudbuild.v1.Hash;
import com.google.cloudbuild.v1.StorageSource;
import com.google.protobuf.ByteString;
import dev.slipway.local.builds.BuildLog;
import dev.slipway.local.builds.Objects;
import dev.slipway.local.builds.image.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Clock;

/** The archive a build is made of, in Cloud Storage. */
public record Archive(StorageSource source, Objects objects, Clock clock) {

  /**
   * Unpacks it into an empty folder; {@code build} then carries its hash and how long that took.
   *
   * @throws Refusal when it cannot be had, or is not as it must be
   */
  public void unpack(Path folder, BuildLog log, Build.Builder build) throws IOException {
    Stopwatch watch = new Stopwatch(clock);
    log.line("FETCHSOURCE");
    String name =
        "gs://%s/%s#%d".formatted(source.getBucket(), source.getObject(), source.getGeneration());
    log.line("fetching " + name);
    var hash = Hashing.sha256();
    try (InputStream archive = open()) {
      DigestInputStream hashed = new DigestInputStream(archive, hash);
      SourceTree.unpack(hashed, folder);
      hashed.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new Refusal(
          FailureType.FETCH_SOURCE_FAILED,
          "Tried to fetch and unpack %s but failed: %s".formatted(name, e.getMessage()));
    }
    build.putTiming("FETCHSOURCE", watch.span());
    Hash sha256 =
        Hash.newBuilder()
            .setType(Hash.HashType.SHA256)
            .setValue(ByteString.copyFrom(hash.digest()))
            .build();
    build
        .getSourceProvenanceBuilder()
        .setResolvedStorageSource(source)
        .putFileHashes(name, FileHashes.newBuilder().addFileHash(sha256).build());
  }

  private InputStream open() throws IOException {
    Long generation = source.getGeneration() == 0 ? null : source.getGeneration();
    return objects.open(source.getBucket(), source.getObject(), generation);
  }
}
