package dev.slipway.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageRefTest {

  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:20001/laptop/apps/hello:v1",
        "europe-west1-docker.pkg.dev/laptop/apps/hello:v1",
        "localhost/laptop/apps/hello:v1",
        "laptop/apps/hello:v1"
      })
  void theHostIsIgnored(String text) {
    assertThat(ImageRef.parse(text)).isEqualTo(new ImageRef("laptop/apps/hello", "v1", null));
  }

  @Test
  void theDigestWinsOverTheTag() {
    ImageRef ref = ImageRef.parse("127.0.0.1:20001/laptop/apps/hello:v1@" + DIGEST);

    assertThat(ref.reference()).isEqualTo(DIGEST);
  }

  @Test
  void withoutTagAndDigestItIsLatest() {
    assertThat(ImageRef.parse("127.0.0.1:20001/laptop/apps/hello").reference())
        .isEqualTo("latest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"laptop/Apps/hello", "laptop/../hello", "laptop/apps/hello:a b", "", "a@md5:00"})
  void whatIsNoImageNameIsRefused(String text) {
    assertThatThrownBy(() -> ImageRef.parse(text)).isInstanceOf(OciException.class);
  }
}
