package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LockDiffTest {

  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";

  private static List<LockedPackage> lock(String... packages) {
    return Stream.of(packages).map(p -> locked(p, CRATES_IO, "00")).toList();
  }

  private static LockedPackage locked(String text, String source, String checksum) {
    int space = text.indexOf(' ');
    return new LockedPackage(
        text.substring(0, space),
        text.substring(space + 1),
        Optional.of(source),
        Optional.of(checksum));
  }

  @Test
  void theSameLockIsNoChange() {
    assertThat(LockDiff.between(lock("a 1.0.0", "b 2.0.0"), lock("b 2.0.0", "a 1.0.0")).isEmpty())
        .isTrue();
  }

  @Test
  void addedRemovedAndBumpedAreTold() {
    LockDiff diff =
        LockDiff.between(
            lock("gone 1.0.0", "serde 1.0.9", "tokio 1.2.3"),
            lock("new 0.1.0", "serde 1.0.10", "tokio 1.2.3"));

    assertThat(diff.added()).extracting(LockedPackage::name).containsExactly("new");
    assertThat(diff.removed()).extracting(LockedPackage::name).containsExactly("gone");
    assertThat(diff.bumped()).hasToString("[serde 1.0.9 -> 1.0.10]");
  }

  @Test
  void ofSeveralVersionsTheCompatibleOnesAreOneBump() {
    LockDiff diff =
        LockDiff.between(
            lock("rand 0.7.3", "rand 0.8.5", "syn 1.0.1"),
            lock("rand 0.8.6", "rand 0.9.0", "syn 1.0.1", "syn 2.0.0"));

    assertThat(diff.bumped()).hasToString("[rand 0.8.5 -> 0.8.6, rand 0.7.3 -> 0.9.0]");
    assertThat(diff.added()).extracting(LockedPackage::version).containsExactly("2.0.0");
    assertThat(diff.removed()).isEmpty();
  }

  @Test
  void aPackageFromElsewhereOrWithAnotherContentIsASourceChange() {
    List<LockedPackage> before =
        List.of(locked("a 1.0.0", CRATES_IO, "00"), locked("b 1.0.0", CRATES_IO, "00"));
    List<LockedPackage> after =
        List.of(locked("a 1.0.0", "git+https://x", "00"), locked("b 1.0.0", CRATES_IO, "11"));

    assertThat(LockDiff.between(before, after).sourceChanged())
        .containsExactly(
            new LockDiff.SourceChange("a", "1.0.0", CRATES_IO, "git+https://x"),
            new LockDiff.SourceChange(
                "b", "1.0.0", CRATES_IO, CRATES_IO + " (another checksum)"));
  }

  @Test
  void versionsCompareByTheirNumbers() {
    assertThat(LockDiff.compareVersions("1.10.0", "1.9.0")).isPositive();
    assertThat(LockDiff.compareVersions("1.0.0", "1.0.0")).isZero();
    assertThat(LockDiff.compareVersions("1.0.0-rc.2", "1.0.0-rc.10")).isNegative();
  }
}
