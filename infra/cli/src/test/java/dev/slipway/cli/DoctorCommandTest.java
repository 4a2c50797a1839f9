package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {

  private static final String ROOT = System.getProperty("slipway.root");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int doctor(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "doctor";
    all[1] = "--state";
    all[2] = folder.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return new Main(new PrintWriter(out, true), new PrintWriter(err, true)).run(all);
  }

  @Test
  void aMachineIsLookedAtAndCounted() {
    int code = doctor();

    assertThat(out.toString())
        .contains("JDK: ")
        .contains("skipped  laptop cloud: none is running")
        .contains("           slipway up --state " + folder)
        .containsPattern("(?m)^[0-9]+ checks: [0-9]+ ok, ");
    assertThat(code).isEqualTo(out.toString().contains("FAIL ") ? 1 : 0);
  }

  @Test
  void asJsonEachCheckSaysWhatWasFound() {
    int code = doctor("--json");

    assertThat(JsonParser.parseString(out.toString()).getAsJsonArray())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            check ->
                assertThat(check.getAsJsonObject().keySet()).contains("name", "verdict", "found"));
    assertThat(code).isBetween(0, 1);
  }

  @Test
  void anEnvironmentThatNoTeamHasIsRefusedWithThoseThereAre() {
    assertThat(doctor("payments-test", "--root", ROOT)).isEqualTo(1);

    assertThat(err.toString()).contains("payments-test", "payments-prod, payments-staging");
  }

  @Test
  void anEnvironmentAndAProjectAreOneTooMany() {
    assertThat(doctor("payments-prod", "--project", "other")).isEqualTo(2);
  }
}
