package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.RuntimeBase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BaseCheckTest {

  private static Optional<String> problem(String base, String libraries, String glibc) {
    return BaseCheck.problem(
        RuntimeBase.valueOf(base),
        libraries.isEmpty() ? List.of() : List.of(libraries.split(" ", -1)),
        glibc.isEmpty() ? Optional.empty() : Optional.of(glibc));
  }

  @ParameterizedTest
  @EnumSource(RuntimeBase.class)
  void runsAStaticBinaryOnAnyBase(RuntimeBase base) {
    assertThat(BaseCheck.problem(base, List.of(), Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CC, libc.so.6 libgcc_s.so.1 libm.so.6 ld-linux-x86-64.so.2, 2.34",
    "CC, libc.so.6 libssl.so.3 libcrypto.so.3, 2.41",
    "CHAINGUARD, libc.so.6 libgcc_s.so.1, 2.99",
    "SLIM, libc.so.6 libpq.so.5, 2.34",
    "ALPINE, libc.musl-x86_64.so.1, ''",
  })
  void findsNothingWrongWithABinaryThatRuns(String base, String libraries, String glibc) {
    assertThat(problem(base, libraries, glibc)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "STATIC, libc.so.6, 2.34, links libc.so.6, cc",
    "SCRATCH, libc.so.6 libpq.so.5, 2.34, libpq.so.5, slim",
    "CC, libc.so.6 libpq.so.5, 2.34, lacks libpq.so.5, slim",
    "CHAINGUARD, libc.so.6 libssl.so.3, 2.34, lacks libssl.so.3, cc",
    "ALPINE, libc.so.6, 2.34, glibc's libc.so.6, cc",
    "CC, libc.so.6, 2.42, glibc 2.42, static",
    "SLIM, libc.so.6, 2.100, glibc 2.100, static",
  })
  void namesWhatTheBaseLacksAndWhatToDo(
      String base, String libraries, String glibc, String named, String advised) {
    assertThat(problem(base, libraries, glibc))
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .contains(named)
                    .contains("set base = \"" + advised + "\" under [package.metadata.slipway]"));
  }
}
