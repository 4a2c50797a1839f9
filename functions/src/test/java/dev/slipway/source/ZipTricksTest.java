package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A hostile zip for every trick we know, each named after it, and the rule that refuses it. */
final class ZipTricksTest {

  private static ZipBytes crate() {
    return Sample.crate().zip("");
  }

  private static byte[] with(Consumer<ZipBytes.Member> trick) {
    ZipBytes.Member member = ZipBytes.member("src/lib.rs", "pub fn f() {}");
    trick.accept(member);
    return crate().add(member).bytes();
  }

  @TestFactory
  Stream<DynamicTest> tricksAreRefusedByTheirRule() {
    byte[] plain = crate().bytes();
    Map<String, byte[]> zips = new TreeMap<>();
    zips.put("path-traversal", with(m -> m.name = m.localName = "../x"));
    zips.put("absolute-path", with(m -> m.name = m.localName = "/x"));
    zips.put("backslash", with(m -> m.name = m.localName = "src\\x"));
    zips.put("duplicate", with(m -> m.name = m.localName = "src/main.rs"));
    zips.put("case-duplicate", with(m -> m.name = m.localName = "src/Main.rs"));
    zips.put("symlink", with(m -> m.mode = 0120777));
    zips.put("fifo", with(m -> m.mode = 0010644));
    zips.put("device", with(m -> m.mode = 0060644));
    zips.put("setuid", with(m -> m.mode = 0104755));
    zips.put("unknown-entry folder's mode", with(m -> m.mode = 0040755));
    zips.put("encrypted", with(m -> m.flags |= 1));
    zips.put("zip-method bzip2", with(m -> m.method = 12));
    zips.put("zip-method zstd", with(m -> m.method = 93));
    zips.put("zip-mismatch name", with(m -> m.localName = "src/lie.rs"));
    zips.put("zip-mismatch size", with(m -> m.localSize = 1));
    zips.put("zip-mismatch crc", with(m -> m.localCrc = 1));
    zips.put("corrupt crc", with(m -> m.crc = m.localCrc = 1));
    zips.put("corrupt size", with(m -> m.size = m.localSize = 1));
    zips.put("corrupt larger size", with(m -> m.size = m.localSize = 1000));
    zips.put("corrupt stored of two sizes", with(m -> m.method = 0));
    zips.put("zip-overlap", with(m -> m.offsetBy = -40));
    zips.put("two-names", with(m -> m.extra = unicodePath("src/evil.rs")));
    zips.put("zip64", with(m -> m.extra = new byte[] {1, 0, 0, 0}));
    zips.put("corrupt extra", with(m -> m.extra = new byte[] {9, 9, 99, 0}));
    zips.put("zip-hidden-data gap", crate().gap(new byte[7]).bytes());
    zips.put("unknown-format prefix", crate().prefix(Sample.utf8("#!/bin/sh\n")).bytes());
    zips.put("zip-hidden-data prefix", crate().prefix(Sample.utf8("PK\3\4....")).bytes());
    zips.put("corrupt count", crate().countOff(1).bytes());
    zips.put("corrupt count below", crate().countOff(-1).bytes());
    zips.put("zip-two-ends", crate().comment(Arrays.copyOfRange(empty(), 0, 22)).bytes());
    zips.put("truncated", Arrays.copyOf(plain, plain.length - 30));
    zips.put("truncated tail", Arrays.copyOf(plain, plain.length - 1));
    zips.put("empty", empty());
    return zips.entrySet().stream()
        .map(
            zip ->
                DynamicTest.dynamicTest(
                    zip.getKey(),
                    () ->
                        assertThat(Sample.rules(Sample.check(zip.getValue())))
                            .containsExactly(zip.getKey().replaceAll(" .*", ""))));
  }

  @Test
  void fault34_aZipOfZerosIsStoppedByRatio() {
    byte[] archive = crate().add(new ZipBytes.Member("zeros", new byte[24 << 20])).bytes();

    assertThat(Sample.rules(Sample.check(archive))).containsExactly("ratio");
  }

  @Test
  void aCommentAndSizesAfterTheContentAreFine() {
    byte[] archive =
        Sample.crate().zip("hello-main/").descriptors().comment(new byte[40]).bytes();

    assertThat(Sample.good(Sample.check(archive)).crates()).hasSize(1);
  }

  @Test
  void sizesAfterTheContentMustAgreeToo() {
    byte[] archive = crate().descriptors().bytes();
    byte[] name = Sample.utf8("src/main.rs");
    int at = indexOf(archive, name) + name.length;
    int descriptor = indexOf(archive, new byte[] {'P', 'K', 7, 8}, at);
    archive[descriptor + 12] ^= 1;

    assertThat(Sample.rules(Sample.check(archive))).containsExactly("zip-mismatch");
  }

  private static byte[] empty() {
    return new ZipBytes().bytes();
  }

  private static byte[] unicodePath(String name) {
    byte[] utf8 = Sample.utf8(name);
    return ByteBuffer.allocate(9 + utf8.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x7075)
        .putShort((short) (5 + utf8.length))
        .put((byte) 1)
        .putInt(0)
        .put(utf8)
        .array();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    return indexOf(bytes, wanted, 0);
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int i = from; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not in there");
  }
}
