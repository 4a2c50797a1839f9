package dev.slipway.cli.simulate;

import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Lock;
import dev.slipway.release.LockedPackage;
import dev.slipway.release.Promotion;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import dev.slipway.source.Inspection;
import dev.slipway.source.Locks;
import dev.slipway.source.Sources;
import dev.slipway.source.Uploads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bucket a team uploads to, and what is in its archives: one crate, whatever their content. */
final class SimulatedBucket implements Sources, Uploads, Locks {

  private final Boundary boundary;
  private final Staging staging;
  private final Map<Upload, String> contents = new LinkedHashMap<>();

  /** What happens when a lock is read. */
  Runnable lockReads = () -> {};

  /** The job that crates received from now on have run. */
  List<String> job = List.of();

  SimulatedBucket(Boundary boundary, Staging staging) {
    this.boundary = boundary;
    this.staging = staging;
  }

  /** Puts content there; its event is another matter. */
  Upload put(String object, String content) {
    Upload upload = new Upload(World.BUCKET, object, contents.size() + 1);
    contents.put(upload, content);
    return upload;
  }

  /** The same content under a generation of its own, as if nobody saw that it is the same. */
  Upload again(Upload upload) {
    return put(upload.object(), contents.getOrDefault(upload, ""));
  }

  /** A release is live in the environment before, and somebody asks for it here. */
  Upload promoted(String content) {
    ReleaseId id = staging.release(crate(), content);
    return put("promotions/" + id + Promotion.SUFFIX, id.toString());
  }

  @Override
  public Inspection inspect(Upload upload) {
    boundary.look("read upload");
    String content = contents.get(upload);
    if (content == null) {
      return new Inspection.Gone();
    }
    if (Promotion.isNamed(upload.object())) {
      return staging.asked(content);
    }
    StoredObject archive = new StoredObject("sources", content, 1);
    return new Inspection.Accepted(
        new Source(upload, content, 100, archive), List.of(crate()), List.of());
  }

  @Override
  public List<Upload> recent() {
    return List.copyOf(contents.keySet());
  }

  /** The content of an upload is the version of its one dependency. */
  @Override
  public Lock of(Source source) {
    lockReads.run();
    LockedPackage dependency =
        new LockedPackage("dep", source.sha256(), Optional.of("registry+x"), Optional.empty());
    return new Lock(List.of(dependency), Map.of());
  }

  private Crate crate() {
    return new Crate(
        World.HELLO,
        "hello",
        "1.0.0",
        "2021",
        Optional.empty(),
        Optional.empty(),
        "hello",
        Optional.empty(),
        1,
        "",
        List.of(),
        settings());
  }

  private CrateSettings settings() {
    CrateSettings d = CrateSettings.DEFAULT;
    return new CrateSettings(
        d.service(),
        d.binary(),
        d.health(),
        d.base(),
        d.profile(),
        d.features(),
        d.defaultFeatures(),
        d.test(),
        job);
  }
}
