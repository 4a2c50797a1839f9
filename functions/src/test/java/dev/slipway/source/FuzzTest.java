package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes real archives at random, always the same way, and wants an answer to each: accepted or
 * refused, never an exception, nothing outside the working folder, nothing large.
 *
 * <p>{@code -Dslipway.fuzz.inputs=100000} runs more of them than the build does.
 */
final class FuzzTest {

  private static final int INPUTS = Integer.getInteger("slipway.fuzz.inputs", 5_000);
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 200, 1 << 18, 200, 300, 20);
  private static final byte[][] BITS = {
    {0}, {-1}, {'/'}, {'.', '.', '/'}, {'\\'}, {'P', 'K', 1, 2}, {'P', 'K', 3, 4},
    {'P', 'K', 5, 6}, {'7', '7', '7', '7'}, {(byte) 0x80}, {'L'}, {'x'}, {'2'}, {0x1f, (byte) 0x8b},
    {'"'}, {'['}, {'{'}, {'\n'}, {'='}
  };

  @TempDir Path temp;

  @Test
  void everyMutationIsAcceptedOrRefused() throws IOException {
    List<byte[]> seeds = seeds();
    int accepted = 0;
    int refused = 0;

    for (int i = 0; i < INPUTS; i++) {
      Random random = new Random(i);
      byte[] seed = seeds.get(i % seeds.size());
      byte[] input = mutate(seed, random);
      byte[] packed = i % 2 == 0 && seed[0] != 'P' ? TarBytes.gzip(input) : input;

      switch (check(packed, i)) {
        case SourceArchive.Checked.Good good -> accepted++;
        case SourceArchive.Checked.Bad bad -> {
          refused++;
          boolean fine = !bad.findings().isEmpty() && bad.findings().size() < 100;
          if (!fine || !bad.findings().stream().allMatch(f -> isOneLine(f.toString()))) {
            throw new AssertionError("input " + i + ": " + bad.findings());
          }
        }
      }
    }

    assertThat(accepted).as("mutations that change nothing of weight").isPositive();
    assertThat(refused).as("mutations that break it").isGreaterThan(INPUTS / 4);
  }

  private SourceArchive.Checked check(byte[] input, int i) throws IOException {
    Path work = Files.createDirectory(temp.resolve("work"));
    Path packed = Files.write(work.resolve("upload"), input);
    try {
      SourceArchive.Checked checked = SourceArchive.check(packed, "x.crate", work, LIMITS);
      checkFiles(work, i);
      return checked;
    } catch (RuntimeException e) {
      throw new AssertionError("input " + i, e);
    } finally {
      for (Path file : list(work)) {
        Files.delete(file);
      }
      Files.delete(work);
    }
  }

  private void checkFiles(Path work, int i) throws IOException {
    boolean alone = List.of(work).equals(list(temp));
    for (Path file : list(work)) {
      if (!alone || Files.size(file) > 3 << 20) {
        throw new AssertionError("input %d left %s".formatted(i, list(temp)));
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static boolean isOneLine(String text) {
    return text.length() < 2000 && text.codePoints().allMatch(Shown::prints);
  }

  private static List<byte[]> seeds() {
    Sample crate =
        Sample.crate()
            .manifest(
                """
                [package.metadata.slipway]
                service = "x"
                [workspace]
                members = ["m/*"]
                [dependencies]
                m = { path = "m/m", version = "1" }
                """)
            .with("m/m/Cargo.toml", "[package]\nname = \"m\"\nversion = \"1.0.0\"\n")
            .with("m/m/src/lib.rs", "// x\nfn f() { bind(\"127.0.0.1:1\") }")
            .with("rust-toolchain.toml", "[toolchain]\nchannel = \"stable\"\n")
            .with(".cargo/config.toml", "[net]\nretry = 2\n")
            .with(".cargo_vcs_info.json", "{\"git\":{\"sha1\":\"" + "a".repeat(40) + "\"}}")
            .with(
                "Cargo.lock", Sample.LOCK + "[[package]]\nname = \"m\"\nversion = \"1.0.0\"\n");
    TarBytes odd =
        crate
            .tar("hello-1.2.3/")
            .pax(TarBytes.record("path", "hello-1.2.3/pax"), TarBytes.record("mtime", "1"))
            .file("p", "x")
            .file("hello-1.2.3/" + "g".repeat(120), "x");
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(odd.tar());
    seeds.add(crate.zip("hello-1.2.3/").bytes());
    seeds.add(crate.zip("hello-1.2.3/").descriptors().comment(new byte[9]).bytes());
    seeds.add(odd.tar());
    return seeds;
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> overwrite(bytes, at, BITS[random.nextInt(BITS.length)]);
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 3 -> overwrite(bytes, at, Arrays.copyOfRange(seed, 0, random.nextInt(600)));
        default -> bytes = withChecksums(bytes, at, BITS[random.nextInt(BITS.length)]);
      }
    }
    return bytes;
  }

  /** A change in a tar header that its checksum does not give away. */
  private static byte[] withChecksums(byte[] bytes, int at, byte[] bits) {
    overwrite(bytes, at, bits);
    int block = at - at % 512;
    if (block + 512 <= bytes.length && bytes[0] != 'P') {
      byte[] header = Arrays.copyOfRange(bytes, block, block + 512);
      byte[] summed = new TarBytes.Header("", '0', 0).with(0, header).bytes();
      System.arraycopy(summed, 0, bytes, block, 512);
    }
    return bytes;
  }

  private static void overwrite(byte[] bytes, int at, byte[] bits) {
    System.arraycopy(bits, 0, bytes, at, Math.min(bits.length, bytes.length - at));
  }
}
