package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Finding;
import dev.slipway.release.RustVersion;
import dev.slipway.release.Source;
import dev.slipway.release.StoredObject;
import dev.slipway.release.Upload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the builder cannot compile is refused with the archive. */
final class BuildableSourcesTest {

  private static final Upload UPLOAD = new Upload("uploads", "hello.crate", 7);

  private static Inspection inspect(String manifest, String builder) {
    Source source = new Source(UPLOAD, "ab", 99, new StoredObject("sources", "ab", 1));
    Inspection accepted =
        new Inspection.Accepted(source, Sample.crate().manifest(manifest).crates(), List.of());
    RustVersion rust = RustVersion.parse(builder).orElseThrow();
    return new BuildableSources(upload -> accepted, rust).inspect(UPLOAD);
  }

  @Test
  void aCrateThatWantsANewerRustIsRefused() {
    assertThat(inspect("rust-version = \"1.96\"\n", "1.95.0"))
        .isInstanceOfSatisfying(
            Inspection.Refused.class,
            refused -> {
              assertThat(refused.service()).hasToString("hello");
              assertThat(refused.bytes()).isEqualTo(99);
              assertThat(refused.findings())
                  .extracting(Finding::rule)
                  .containsExactly("rust-version");
            });
  }

  @Test
  void aCrateTheBuilderCanCompileIsTaken() {
    assertThat(inspect("rust-version = \"1.95\"\n", "1.95.0"))
        .isInstanceOf(Inspection.Accepted.class);
    assertThat(inspect("", "1.95.0")).isInstanceOf(Inspection.Accepted.class);
  }

  @Test
  void whatIsRefusedAlreadyStaysAsItIs() {
    RustVersion rust = new RustVersion(1, 0, 0);

    assertThat(new BuildableSources(upload -> new Inspection.Gone(), rust).inspect(UPLOAD))
        .isInstanceOf(Inspection.Gone.class);
  }
}
