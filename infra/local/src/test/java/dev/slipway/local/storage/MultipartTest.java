package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.storage.Multipart.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartTest {

  private static final String TYPE = "multipart/related; boundary=\"==x==\"";

  private static List<String> contents(String body) throws IOException {
    Multipart parts = Multipart.open(new ByteArrayInputStream(body.getBytes(ISO_8859_1)), TYPE);
    List<String> contents = new ArrayList<>();
    for (Part part = parts.next(); part != null; part = parts.next()) {
      contents.add(new String(part.content().readAllBytes(), ISO_8859_1));
    }
    return contents;
  }

  private static String body(String newline, String first, String second) {
    return String.join(
        newline,
        "--==x==",
        "Content-Type: application/json",
        "",
        first,
        "--==x==",
        "content-type: text/x",
        "",
        second,
        "--==x==--");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void linesMayEndEitherWay(String newline) throws Exception {
    assertThat(contents(body(newline, "{}", "two"))).containsExactly("{}", "two");
    assertThat(contents(body(newline, "", "") + newline)).containsExactly("", "");
  }

  @Test
  void contentThatLooksAlmostLikeTheBoundaryIsContent() throws Exception {
    String content = "\r\n--==x=\r\n--==y==\r\n\r\n--==x";

    assertThat(contents(body("\r\n", "{}", content))).containsExactly("{}", content);
  }

  @Test
  void contentOfAnySizeRoundTheBuffersIsWhole() throws Exception {
    Random random = new Random(3);
    for (int size = Contents.BUFFER_BYTES - 120; size < Contents.BUFFER_BYTES + 40; size++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      String content = new String(bytes, ISO_8859_1);

      assertThat(contents(body("\r\n", "{}", content)).get(1)).isEqualTo(content);
    }
  }

  @Test
  void headersAreFoundWhateverTheirCase() throws Exception {
    byte[] body = body("\r\n", "{}", "two").getBytes(ISO_8859_1);
    Multipart parts = Multipart.open(new ByteArrayInputStream(body), TYPE);

    parts.next();

    assertThat(requireNonNull(parts.next()).headers()).containsEntry("content-type", "text/x");
  }

  @Test
  void aBodyThatEndsWithinAPartIsRefused() {
    String cut = body("\r\n", "{}", "two").replace("\r\n--==x==--", "");

    assertThatThrownBy(() -> contents(cut))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("ends within a part");
  }
}
