package dev.slipway.local.registry;

import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.state.State;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Which manifests each image name holds, and which tags point at them. The manifests themselves
 * are blobs; a manifest that goes takes the blobs along that no other manifest needs.
 */
final class Catalog {

  private final State state;
  private final Clock clock;
  private final Blobs blobs;

  /** {@code NAME@DIGEST} to what is known of the manifest. */
  private final MVMap<String, byte[]> manifests;

  /** {@code NAME:TAG} to the digest. */
  private final MVMap<String, byte[]> tags;

  Catalog(State state, Clock clock, Blobs blobs) {
    this.state = state;
    this.clock = clock;
    this.blobs = blobs;
    manifests = state.map("registry.manifest");
    tags = state.map("registry.tag");
  }

  /** The digest a reference of that name stands for; MANIFEST_UNKNOWN when there is none. */
  Digest resolve(String name, String reference) {
    if (Digest.isDigest(reference)) {
      Digest digest = Digest.parse(reference);
      if (manifests.containsKey(key(name, digest))) {
        return digest;
      }
    } else {
      byte @Nullable [] digest = tags.get(name + ":" + reference);
      if (digest != null) {
        return Digest.parse(new String(digest, StandardCharsets.UTF_8));
      }
    }
    throw unknown(name, reference);
  }

  /** What is known of a manifest: media type, sizes, times; names and tags are left to the caller. */
  DockerImage describe(String name, Digest digest) {
    byte @Nullable [] bytes = manifests.get(key(name, digest));
    if (bytes == null) {
      throw unknown(name, digest.toString());
    }
    try {
      return DockerImage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("manifest " + key(name, digest) + " is damaged", e);
    }
  }

  /** Stores a manifest under its digest and, where {@code tag} is given, points the tag at it. */
  synchronized Digest put(String name, @Nullable String tag, String mediaType, byte[] bytes) {
    Manifest manifest = Manifest.parse(bytes);
    for (Digest needed : manifest.needs()) {
      if (!blobs.has(needed)) {
        throw new OciException(
            OciException.Code.MANIFEST_BLOB_UNKNOWN,
            "manifest for %s needs blob %s, which is unknown to the registry"
                .formatted(name, needed));
      }
    }
    Digest digest = Digest.of(bytes);
    blobs.put(new ByteArrayInputStream(bytes), digest);
    if (!manifests.containsKey(key(name, digest))) {
      manifests.put(key(name, digest), describe(manifest, mediaType).toByteArray());
    }
    blobs.fulfil(manifest.needs());
    if (tag != null) {
      tags.put(name + ":" + tag, digest.toString().getBytes(StandardCharsets.UTF_8));
    }
    state.commit();
    return digest;
  }

  private DockerImage describe(Manifest manifest, String mediaType) {
    Timestamp uploaded = Times.of(clock.instant());
    var image =
        DockerImage.newBuilder()
            .setMediaType(mediaType)
            .setImageSizeBytes(manifest.imageSize())
            .setUploadTime(uploaded)
            .setUpdateTime(uploaded);
    created(manifest).ifPresent(image::setBuildTime);
    return image.build();
  }

  /** When the image's configuration says it was made. */
  private Optional<Timestamp> created(Manifest manifest) {
    if (manifest.config() == null) {
      return Optional.empty();
    }
    try {
      var config = Manifest.parse(blobs.read(manifest.config().digest())).json();
      return config.has("created")
          ? Optional.of(Timestamps.parse(config.get("created").getAsString()))
          : Optional.empty();
    } catch (OciException | ParseException notAnImage) {
      return Optional.empty(); // any blob may be a configuration: charts, signatures
    }
  }

  /** Takes a tag away; MANIFEST_UNKNOWN when there is none. */
  synchronized void deleteTag(String name, String tag) {
    if (tags.remove(name + ":" + tag) == null) {
      throw unknown(name, tag);
    }
    state.commit();
  }

  /** Takes a manifest away with its tags, and the blobs only it needed. */
  synchronized void deleteManifest(String name, Digest digest) {
    if (manifests.remove(key(name, digest)) == null) {
      throw unknown(name, digest.toString());
    }
    tagsOf(name, digest).forEach(tag -> tags.remove(name + ":" + tag));
    state.commit();
    TreeSet<String> orphans = new TreeSet<>();
    Manifest.parse(blobs.read(digest)).needs().forEach(d -> orphans.add(d.toString()));
    orphans.add(digest.toString());
    for (String key : keys(manifests, "")) {
      Digest kept = Digest.parse(key.substring(key.indexOf('@') + 1));
      orphans.remove(kept.toString());
      Manifest.parse(blobs.read(kept)).needs().forEach(d -> orphans.remove(d.toString()));
    }
    orphans.forEach(orphan -> blobs.collect(Digest.parse(orphan)));
  }

  /** The tags of a name, in order. */
  List<String> tags(String name) {
    return keys(tags, name + ":").stream().map(k -> k.substring(name.length() + 1)).toList();
  }

  List<String> tagsOf(String name, Digest digest) {
    return tags(name).stream().filter(tag -> resolve(name, tag).equals(digest)).toList();
  }

  /** The manifests of a name, in order of digest. */
  List<Digest> manifests(String name) {
    return keys(manifests, name + "@").stream()
        .map(key -> Digest.parse(key.substring(name.length() + 1)))
        .toList();
  }

  /** The names that hold a manifest and begin with {@code prefix}, in order. */
  List<String> names(String prefix) {
    return keys(manifests, prefix).stream()
        .map(key -> key.substring(0, key.indexOf('@')))
        .distinct()
        .toList();
  }

  byte[] read(Digest digest) {
    return blobs.read(digest);
  }

  private static List<String> keys(MVMap<String, byte[]> map, String prefix) {
    List<String> keys = new ArrayList<>();
    for (Iterator<String> each = map.keyIterator(prefix); each.hasNext(); ) {
      String key = each.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      keys.add(key);
    }
    return keys;
  }

  private static String key(String name, Digest digest) {
    return name + "@" + digest;
  }

  private static OciException unknown(String name, String reference) {
    return new OciException(
        OciException.Code.MANIFEST_UNKNOWN,
        "manifest unknown: no '%s' of %s in the registry".formatted(reference, name));
  }
}
