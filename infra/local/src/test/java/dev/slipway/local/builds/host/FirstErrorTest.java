package dev.slipway.local.builds.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FirstErrorTest {

  private static String of(String output) {
    FirstError error = new FirstError();
    output.lines().forEach(error);
    return error.toString();
  }

  @Test
  void theFirstErrorIsToldWithItsPlace() {
    assertThat(
            of(
                """
                warning: unused variable
                error[E0425]: cannot find value `x` in this scope
                 --> src/main.rs:3:5
                error[E0425]: cannot find value `y` in this scope
                 --> src/main.rs:4:5
                """))
        .isEqualTo(": error[E0425]: cannot find value `x` in this scope (src/main.rs:3:5)");
  }

  @Test
  void anErrorThatAnnouncesALineIsToldWithIt() {
    assertThat(
            of(
                """
                error: rustc 1.95.0 is not supported by the following package:
                  hello@1.0.0 requires rustc 1.99
                  bytes@2.0.0 requires rustc 1.98
                """))
        .isEqualTo(
            ": error: rustc 1.95.0 is not supported by the following package:"
                + " hello@1.0.0 requires rustc 1.99");
  }
}
