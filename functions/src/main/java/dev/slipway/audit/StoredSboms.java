package dev.slipway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.release.StoredObject;

/** Keeps bills of materials in the team's source bucket, as {@code sboms/SHA256.cdx.json}. */
public final class StoredSboms implements Sboms {

  private static final int PRECONDITION_FAILED = 412;

  private final Storage storage;
  private final String bucket;

  public StoredSboms(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public StoredObject keep(String imageDigest, String json) {
    String name = "sboms/" + imageDigest.replaceFirst("^sha256:", "") + ".cdx.json";
    BlobInfo info =
        BlobInfo.newBuilder(BlobId.of(bucket, name))
            .setContentType("application/vnd.cyclonedx+json; version=1.5")
            .build();
    return new StoredObject(bucket, name, create(info, json.getBytes(UTF_8)).getGeneration());
  }

  private Blob create(BlobInfo info, byte[] content) {
    try {
      return storage.create(info, content, BlobTargetOption.doesNotExist());
    } catch (StorageException e) {
      Blob there = e.getCode() == PRECONDITION_FAILED ? storage.get(info.getBlobId()) : null;
      if (there == null) {
        throw e;
      }
      return there;
    }
  }
}
