package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ChangesTest {

  private static final ReleaseId SINCE =
      ReleaseId.of(new ServiceName("hello"), new Upload("b", "o", 1));
  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";

  private static Crate crate(String version, String edition, CrateSettings settings) {
    return Samples.crate(Samples.HELLO, version, edition, settings);
  }

  private static CrateSettings settings(CrateSettings.Profile profile, String... features) {
    return new CrateSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        profile,
        List.of(features),
        true,
        false,
        List.of());
  }

  private static Changes.Side side(String version, Stream<String> dependencies) {
    return side(crate(version, "2021", CrateSettings.DEFAULT), dependencies);
  }

  private static Changes.Side side(Crate crate, Stream<String> dependencies) {
    List<LockedPackage> packages = new ArrayList<>();
    packages.add(
        new LockedPackage("hello", crate.version(), Optional.empty(), Optional.empty()));
    dependencies
        .map(text -> text.split(" ", 2))
        .map(p -> new LockedPackage(p[0], p[1], Optional.of(CRATES_IO), Optional.of("00")))
        .forEach(packages::add);
    return new Changes.Side(crate, Optional.empty(), new Lock(packages, Map.of()));
  }

  @Test
  void nothingChangedIsSaidAsSuch() {
    Changes changes =
        Changes.between(
            SINCE, side("1.0.0", Stream.of("a 1.0.0")), side("1.0.0", Stream.of("a 1.0.0")));

    assertThat(changes.isEmpty()).isTrue();
    assertThat(changes.summary()).isEqualTo("the same dependencies and settings");
  }

  @Test
  void oneLineTellsThePackagesThatChanged() {
    Changes changes =
        Changes.between(
            SINCE,
            side("1.0.0", Stream.of("gone 2.0.0", "serde 1.0.1")),
            side("1.1.0", Stream.of("new 0.1.0", "serde 1.0.2")));

    assertThat(changes.since()).isEqualTo(SINCE);
    assertThat(changes.summary())
        .isEqualTo(
            "version 1.0.0 -> 1.1.0; 1 crate bumped, 1 added, 1 removed: serde 1.0.1 -> 1.0.2,"
                + " +new 0.1.0, -gone 2.0.0");
  }

  @Test
  void moreThanAHundredPackagesAreCountedAndNotListed() {
    Changes changes =
        Changes.between(
            SINCE,
            side("1.0.0", Stream.of()),
            side("1.0.0", IntStream.range(0, 130).mapToObj(i -> "p" + i + " 1.0.0")));

    assertThat(changes.lines()).hasSize(Changes.MAX_LINES);
    assertThat(changes.more()).isEqualTo(30);
    assertThat(changes.summary()).startsWith("130 crates added: ").endsWith(" and 125 more");
  }

  @Test
  void settingsThatMoveTheBuildAreTold() {
    Changes changes =
        Changes.between(
            SINCE,
            side(
                crate("1.0.0", "2021", settings(CrateSettings.Profile.RELEASE, "a", "b")),
                Stream.of()),
            side(
                crate("1.0.0", "2024", settings(CrateSettings.Profile.SIZE, "b", "c")),
                Stream.of()));

    assertThat(changes.settings())
        .containsExactly("edition 2021 -> 2024", "profile release -> size", "features +c -a");
  }

  @Test
  void aLoginInAGitUrlIsNotTold() {
    LockedPackage before =
        new LockedPackage("a", "1.0.0", Optional.of(CRATES_IO), Optional.empty());
    LockedPackage after =
        new LockedPackage(
            "a", "1.0.0", Optional.of("git+https://me:secret@x/a#1"), Optional.empty());
    Crate crate = crate("1.0.0", "2021", CrateSettings.DEFAULT);

    Changes changes =
        Changes.between(
            SINCE,
            new Changes.Side(crate, Optional.empty(), new Lock(List.of(before), Map.of())),
            new Changes.Side(crate, Optional.empty(), new Lock(List.of(after), Map.of())));

    assertThat(changes.lines())
        .containsExactly("a 1.0.0 from git+https://x/a#1, before from " + CRATES_IO);
  }
}
