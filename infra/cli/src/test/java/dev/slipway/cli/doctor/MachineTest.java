package dev.slipway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.doctor.Check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MachineTest {

  private static final long GIB = 1L << 30;
  private static final Machine.Folder ROOMY = new Machine.Folder("/home/ana/.slipway", true, 50 * GIB);
  private static final Runtime.Version NEW = Runtime.Version.parse("25.0.1");

  private static final Programs ALL =
      command ->
          Optional.of(command.getFirst().equals("unshare") ? "" : command.getFirst() + " 1.0");

  private static Map<String, Check> checks(
      Programs programs, Runtime.Version java, Machine.Folder state) {
    return new Machine(programs)
        .all(java, state).stream().collect(Collectors.toMap(Check::name, check -> check));
  }

  private static Verdict verdict(Map<String, Check> checks, String name) {
    Check check = checks.get(name);
    return check == null ? Verdict.SKIPPED : check.verdict();
  }

  @Test
  void aMachineWithEverythingIsFine() {
    Map<String, Check> checks = checks(ALL, NEW, ROOMY);

    assertThat(checks.values()).extracting(Check::verdict).containsOnly(Verdict.OK);
    assertThat(checks).hasSize(7);
  }

  @Test
  void whatIsMissingIsToldByHowMuchItHurts() {
    Map<String, Check> checks = checks(command -> Optional.empty(), NEW, ROOMY);

    assertThat(verdict(checks, "cargo")).isEqualTo(Verdict.FAIL);
    assertThat(verdict(checks, "unshare -n")).isEqualTo(Verdict.WARN);
    assertThat(verdict(checks, "cargo-chef")).isEqualTo(Verdict.SKIPPED);
    assertThat(verdict(checks, "chromium")).isEqualTo(Verdict.SKIPPED);
    assertThat(checks.values())
        .filteredOn(check -> check.verdict() != Verdict.OK)
        .allSatisfy(check -> assertThat(check.remedy()).isNotEmpty());
  }

  @Test
  void anOldJdkAFullDiskAndAFolderOfSomebodyElsesFail() {
    Map<String, Check> checks =
        checks(ALL, Runtime.Version.parse("17.0.9"), new Machine.Folder("/root", false, GIB / 2));

    assertThat(verdict(checks, "JDK")).isEqualTo(Verdict.FAIL);
    assertThat(verdict(checks, "state folder")).isEqualTo(Verdict.FAIL);
    assertThat(verdict(checks, "disk")).isEqualTo(Verdict.FAIL);
    assertThat(verdict(checks(ALL, NEW, new Machine.Folder("/", true, 2 * GIB)), "disk"))
        .isEqualTo(Verdict.WARN);
  }

  @Test
  void aProgramThatIsNotThereIsNoError() {
    Programs real = Programs.ofThisMachine();

    assertThat(real.run(List.of("no-such-program-of-slipway"))).isEmpty();
    assertThat(real.run(List.of("false"))).isEmpty();
    assertThat(real.run(List.of("echo", "here"))).contains("here");
  }
}
