package dev.slipway.cli.adapters;

import dev.slipway.release.Crate;
import dev.slipway.release.CrateSettings;
import dev.slipway.release.Image;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.util.List;
import java.util.Optional;

/** Values of releases. */
final class Values {

  static final ServiceName HELLO = new ServiceName("hello");

  private Values() {}

  static Upload upload(long generation) {
    return new Upload("uploads", "hello.tar.gz", generation);
  }

  static ReleaseId id(long generation) {
    return ReleaseId.of(HELLO, upload(generation));
  }

  static Source source(Upload upload) {
    return new Source(upload, "ab".repeat(32), 100, new StoredObject("sources", "sources/x", 1));
  }

  static Crate crate(ServiceName service) {
    return new Crate(
        service,
        service.value(),
        "1.0.0",
        "2021",
        Optional.empty(),
        Optional.empty(),
        service.value(),
        Optional.empty(),
        1,
        "",
        List.of(),
        CrateSettings.DEFAULT);
  }

  static ReleaseEvent received(long generation) {
    return new ReleaseEvent.Received(source(upload(generation)), crate(HELLO), List.of());
  }

  static ReleaseEvent built() {
    return new ReleaseEvent.BuildSucceeded(
        "b-1",
        new Image("host/hello", "sha256:1", 100, 200, List.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
