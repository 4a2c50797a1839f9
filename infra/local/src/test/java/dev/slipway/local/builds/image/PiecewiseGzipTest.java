package dev.slipway.local.builds.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PiecewiseGzipTest {

  private static final int PIECE = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 20 * PIECE + 12345})
  void whatIsUnpackedIsWhatWasPacked(int size) throws IOException {
    byte[] content = content(size);

    byte[] packed = packed(content);

    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
        .isEqualTo(content);
  }

  @Test
  void theSameContentMakesTheSameBytes() throws IOException {
    byte[] content = content(5 * PIECE);

    assertThat(packed(content)).isEqualTo(packed(content));
  }

  @Test
  void nextToNothingIsLostWherePiecesMeet() throws IOException {
    byte[] content = content(8 * PIECE);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(whole)) {
      gzip.write(content);
    }

    assertThat(packed(content).length).isLessThan(whole.size() + whole.size() / 1000);
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new PiecewiseGzip(out)) {
      int third = content.length / 3;
      gzip.write(content, 0, third);
      if (content.length > third) {
        gzip.write(content[third]);
        gzip.write(content, third + 1, content.length - third - 1);
      }
    }
    return out.toByteArray();
  }

  /** Words of a few kinds, by chance: neither all alike nor all different. */
  private static byte[] content(int size) {
    Random random = new Random(size);
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : i % 61);
    }
    return content;
  }
}
