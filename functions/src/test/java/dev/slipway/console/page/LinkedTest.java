package dev.slipway.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LinkedTest {

  private static final String OTHER =
      "<a href=\"../releases/hello-0123456789ab\">hello-0123456789ab</a>";

  @Test
  void anotherReleaseOfTheServiceIsALink() {
    assertThat(shown("Rolled back: hello-0123456789ab serves again"))
        .isEqualTo("Rolled back: " + OTHER + " serves again");
    assertThat(shown("behind hello-0123456789ab.")).isEqualTo("behind " + OTHER + ".");
    assertThat(shown("hello-0123456789ab, hello-0123456789ab"))
        .isEqualTo(OTHER + ", " + OTHER);
  }

  @Test
  void theReleaseItselfIsNone() {
    assertThat(shown("revision " + Samples.ID + " began"))
        .isEqualTo("revision " + Samples.ID + " began");
  }

  @Test
  void whatOnlyLooksLikeOneIsNone() {
    for (String text :
        new String[] {
          "my-hello-0123456789ab", "staging/hello-0123456789ab", "hello-0123456789abc",
          "img@hello-0123456789ab", "hello-0123456789ab/log", "other-0123456789ab", "hello-1"
        }) {
      assertThat(shown(text)).isEqualTo(text);
    }
  }

  @Test
  void markupBesideALinkStaysText() {
    assertThat(shown("<b>hello-0123456789ab</b><script>"))
        .isEqualTo("&lt;b&gt;" + OTHER + "&lt;/b&gt;&lt;script&gt;");
  }

  private static String shown(String text) {
    StringBuilder out = new StringBuilder();
    new Linked(new Frame("../", Optional.empty(), ""), Samples.ID).in(text).writeTo(out);
    return out.toString();
  }
}
