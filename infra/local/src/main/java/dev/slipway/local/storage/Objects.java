package dev.slipway.local.storage;

import com.google.gson.JsonObject;
import dev.slipway.local.storage.Contents.Staged;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes, changes and deletes objects. */
final class Objects {

  /** Google's limit. */
  private static final int MAX_PARTS = 32;

  private final Catalog catalog;
  private final Contents contents;

  Objects(Catalog catalog, Contents contents) {
    this.catalog = catalog;
    this.contents = contents;
  }

  /**
   * An object as a request names it.
   *
   * @param generation null for the live one
   */
  record Target(ObjectId id, @Nullable Long generation, Preconditions preconditions) {}

  /** Reads {@code in} to its end and makes it the draft's content. */
  ObjectVersion insert(Draft draft, InputStream in) {
    catalog.bucket(draft.id().bucket());
    try (Staged staged = contents.stage(in)) {
      return insert(draft, staged, (edit, version) -> {});
    }
  }

  /** Makes {@code staged} the draft's content; {@code alongside} joins the same commit. */
  ObjectVersion insert(Draft draft, Staged staged, BiConsumer<Edit, ObjectVersion> alongside) {
    draft.hashes().check(staged.content());
    return catalog.edit(
        edit -> {
          ObjectVersion version = add(edit, draft, staged);
          alongside.accept(edit, version);
          return version;
        });
  }

  private ObjectVersion add(Edit edit, Draft draft, Staged staged) {
    Bucket bucket = catalog.bucket(draft.id().bucket());
    ObjectVersion live = catalog.live(draft.id());
    draft.preconditions().checkWrite(live);
    JsonObject attributes = draft.attributes().deepCopy();
    if (!attributes.has("storageClass")) {
      attributes.addProperty("storageClass", bucket.storageClass());
    }
    long generation = catalog.nextGeneration(edit);
    ObjectVersion version =
        new ObjectVersion(
            draft.id(), generation, 1, staged.content(), edit.now(), edit.now(), null, attributes);
    contents.keep(staged, generation);
    if (live != null) {
      edit.retire(live, bucket);
    }
    edit.add(version);
    return version;
  }

  /** Replaces the attributes of {@code target} by what {@code change} makes of them. */
  ObjectVersion change(Target target, UnaryOperator<JsonObject> change) {
    return catalog.edit(
        edit -> {
          ObjectVersion version = catalog.object(target.id(), target.generation());
          target.preconditions().checkWrite(version);
          ObjectVersion changed =
              version.withAttributes(change.apply(version.attributes()), edit.now());
          edit.replace(changed);
          return changed;
        });
  }

  /** Deletes for good when a generation is named, else what {@link Edit#retire} says. */
  void delete(Target target) {
    catalog.edit(
        edit -> {
          ObjectVersion version = catalog.object(target.id(), target.generation());
          target.preconditions().checkWrite(version);
          if (target.generation() == null) {
            edit.retire(version, catalog.bucket(target.id().bucket()));
          } else {
            edit.remove(version);
          }
          return version;
        });
  }

  /** Copies {@code source}; the draft's attributes replace those of the source if it has any. */
  ObjectVersion copy(Target source, Draft draft) {
    catalog.bucket(draft.id().bucket());
    ObjectVersion version = catalog.object(source.id(), source.generation());
    source.preconditions().checkWrite(version);
    try (Staged staged = contents.again(version)) {
      return insert(like(version, draft), staged, (edit, copied) -> {});
    } catch (UncheckedIOException e) {
      throw gone(e, source.id());
    }
  }

  /** Renames {@code source} in its bucket: both changes in one commit. */
  ObjectVersion move(Target source, Draft draft) {
    if (source.id().equals(draft.id())) {
      throw ApiException.invalid("An object cannot be moved to its own name: " + source.id());
    }
    ObjectVersion version = catalog.object(source.id(), source.generation());
    source.preconditions().checkWrite(version);
    try (Staged staged = contents.again(version)) {
      return insert(
          like(version, draft),
          staged,
          (edit, moved) -> {
            ObjectVersion left = catalog.object(source.id(), version.generation());
            edit.retire(left, catalog.bucket(source.id().bucket()));
          });
    } catch (UncheckedIOException e) {
      throw gone(e, source.id());
    }
  }

  /** Joins the contents of up to 32 {@code sources} of one bucket. */
  ObjectVersion compose(List<Target> sources, Draft draft) {
    if (sources.isEmpty() || sources.size() > MAX_PARTS) {
      throw ApiException.invalid(
          "The number of source components must be between 1 and %d; there are %d."
              .formatted(MAX_PARTS, sources.size()));
    }
    List<ObjectVersion> parts = sources.stream().map(this::composable).toList();
    int components = parts.stream().mapToInt(part -> Math.max(1, part.content().components())).sum();
    try (Staged joined = contents.join(parts)) {
      draft.hashes().check(joined.content());
      Staged composed = new Staged(joined.file(), joined.content().composedOf(components));
      return insert(draft, composed, (edit, version) -> {});
    } catch (UncheckedIOException e) {
      throw gone(e, draft.id());
    }
  }

  private ObjectVersion composable(Target source) {
    ObjectVersion part = catalog.object(source.id(), source.generation());
    source.preconditions().checkWrite(part);
    return part;
  }

  /** Opens the content of {@code version} at {@code offset}. */
  InputStream open(ObjectVersion version, long offset) {
    try {
      return contents.open(version.generation(), offset);
    } catch (NoSuchFileException e) {
      throw ApiException.noObject(version.id());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Tried to read %s but failed: %s".formatted(version.id(), e.getMessage()), e);
    }
  }

  private static Draft like(ObjectVersion source, Draft draft) {
    JsonObject attributes =
        draft.attributes().isEmpty() ? source.attributes() : draft.attributes();
    return new Draft(draft.id(), attributes, draft.preconditions(), draft.hashes());
  }

  /** The error for a source that was deleted while it was being read. */
  private static RuntimeException gone(UncheckedIOException e, ObjectId id) {
    return e.getCause() instanceof NoSuchFileException ? ApiException.noObject(id) : e;
  }
}
