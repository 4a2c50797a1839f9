package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Lock;
import dev.slipway.release.LockedPackage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CargoLockTest {

  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";

  private static final String LOCK =
      """
      version = 4

      [[package]]
      name = "hello"
      version = "1.0.0"
      dependencies = ["a", "rand 0.8.5", "fork 1.0.0 (git+https://x/fork)", "missing"]

      [[package]]
      name = "a"
      version = "1.0.0"
      source = "%1$s"
      dependencies = ["rand 0.9.0"]

      [[package]]
      name = "fork"
      version = "1.0.0"
      source = "git+https://x/fork#abc"

      [[package]]
      name = "fork"
      version = "1.0.0"
      source = "%1$s"

      [[package]]
      name = "rand"
      version = "0.8.5"
      source = "%1$s"

      [[package]]
      name = "rand"
      version = "0.9.0"
      source = "%1$s"

      [[package]]
      name = "other-member"
      version = "1.0.0"
      """
          .formatted(CRATES_IO);

  private static List<String> names(List<LockedPackage> packages) {
    return packages.stream().map(p -> p.name() + " " + p.version()).toList();
  }

  @Test
  void aDependencyIsFoundByAsMuchAsTheLockSaysOfIt() {
    Lock lock = CargoLock.parse(LOCK).lock();

    List<LockedPackage> used = lock.usedBy(lock.packages().getFirst());

    assertThat(names(used)).containsExactly("a 1.0.0", "rand 0.8.5", "fork 1.0.0");
    assertThat(used.getLast().source()).contains("git+https://x/fork#abc");
  }

  @Test
  void aCrateUsesWhatItReachesAndNothingElseOfItsWorkspace() {
    String lockedAt123 = LOCK.replaceFirst("1\\.0\\.0", "1.2.3");
    Lock lock = CargoLock.parse(lockedAt123).lock();

    Lock reached = lock.of(Sample.crate().accepted());

    assertThat(names(reached.packages()))
        .containsExactly("hello 1.2.3", "a 1.0.0", "fork 1.0.0", "rand 0.8.5", "rand 0.9.0");
  }

  @Test
  void theDigestOfTheDependenciesStaysWhenOnlyTheCrateItselfMoves() {
    String digest = CargoLock.parse(LOCK).dependencies();

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(CargoLock.parse(LOCK.replace("\"hello\"", "\"hullo\"")).dependencies())
        .isEqualTo(digest);
    assertThat(CargoLock.parse(LOCK.replace("0.9.0", "0.9.1")).dependencies())
        .isNotEqualTo(digest);
  }

  @Test
  void aBrokenLockIsRefusedWithTheReason() {
    assertThatThrownBy(() -> CargoLock.parse("version = \n")).hasMessageContaining("Cargo.lock");
    assertThatThrownBy(() -> CargoLock.parse("version = 9\n")).hasMessageContaining("up to 4");
  }
}
