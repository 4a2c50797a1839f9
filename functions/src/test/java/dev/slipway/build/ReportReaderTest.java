package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.BuildReport;
import dev.slipway.release.TrialRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {

  private static final String WHOLE =
      """
      {"schema":1,"bin":"hello","binaryBytes":1419816,"interpreter":"","needed":["libssl.so.3"],\
      "glibc":"2.34","base":"cc","toolchain":"rustc 1.95.0 (59807616e 2026-04-14)",\
      "cacheHit":true,"fetchSeconds":1,"testSeconds":2,"cookSeconds":3,"buildSeconds":4,\
      "imageSeconds":5}
      """;

  @Test
  void readsAWholeReport() {
    assertThat(ReportReader.read(WHOLE))
        .contains(
            new BuildReport(
                1419816,
                List.of("libssl.so.3"),
                Optional.of("2.34"),
                "rustc 1.95.0 (59807616e 2026-04-14)",
                true,
                Duration.ofSeconds(10)));
  }

  @Test
  void readsWhatTheProgramDidWhenItsImageWasRun() {
    assertThat(
            tried("{\"listens\":[\"0.0.0.0:8080\"],\"handlesTerm\":true,\"exitCode\":0,\"stopMillis\":40}"))
        .contains(
            new TrialRun(List.of("0.0.0.0:8080"), true, Optional.of(0), Optional.of(40L)));
    assertThat(tried("{\"listens\":[\"[::1]:8080\"],\"handlesTerm\":false,\"exitCode\":null}"))
        .contains(
            new TrialRun(List.of("[::1]:8080"), false, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "null",
        "{}",
        "{\"listens\":[\"<!channel>\"],\"handlesTerm\":true}",
        "{\"listens\":\"0.0.0.0:8080\",\"handlesTerm\":true}",
        "{\"listens\":[],\"handlesTerm\":true,\"exitCode\":1e400}",
        "{\"listens\":[],\"handlesTerm\":true,\"exitCode\":-1}",
        "{\"listens\":[],\"handlesTerm\":true,\"stopMillis\":1e-999999999}",
        "{\"listens\":[],\"handlesTerm\":true,\"stopMillis\":1.5}",
      })
  void aTrialRunNotAsExpectedIsAsIfUnsaidAndTheRestIsRead(String json) {
    assertThat(ReportReader.read(withTrial(json)))
        .hasValueSatisfying(report -> assertThat(report.trialRun()).isEmpty());
  }

  private static Optional<TrialRun> tried(String json) {
    return ReportReader.read(withTrial(json)).orElseThrow().trialRun();
  }

  private static String withTrial(String json) {
    return WHOLE.replace("\"imageSeconds\":5", "\"imageSeconds\":5,\"trialRun\":" + json);
  }

  @Test
  void readsAStaticBinarysReport() {
    String text = WHOLE.replace("\"libssl.so.3\"", "").replace("\"2.34\"", "\"\"");

    assertThat(ReportReader.read(text))
        .hasValueSatisfying(
            report -> {
              assertThat(report.needed()).isEmpty();
              assertThat(report.glibc()).isEmpty();
            });
  }

  @Test
  void readsPartsOfSeconds() {
    String text = WHOLE.replace("\"cookSeconds\":3", "\"cookSeconds\":3.25").replace("\"2.34\"", "null");

    assertThat(ReportReader.read(text))
        .hasValueSatisfying(
            report -> {
              assertThat(report.cargo()).isEqualTo(Duration.ofMillis(10_250));
              assertThat(report.glibc()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "7", "\"x\"", "{}", "{\"schema\":1}", "\u0000"})
  void takesWhatIsNoReportForUnsaid(String text) {
    assertThat(ReportReader.read(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema\":1 | \"schema\":2",
        "1419816 | -1",
        "1419816 | 99999999999999",
        "1419816 | 1e400",
        "1419816 | \"many\"",
        "1419816 | {}",
        "libssl.so.3 | <!channel>",
        "[\"libssl.so.3\"] | \"libssl.so.3\"",
        "[\"libssl.so.3\"] | [[]]",
        "\"2.34\" | \"2.x\"",
        "rustc | $(rustc)",
        "\"fetchSeconds\":1 | \"fetchSeconds\":999999",
        "\"fetchSeconds\":1 | \"fetchSeconds\":1e-999999999",
        "\"fetchSeconds\":1 | \"fetchSeconds\":-0.5",
      })
  void takesAReportWithAnOddValueForUnsaid(String was, String becomes) {
    assertThat(WHOLE).contains(was);

    assertThat(ReportReader.read(WHOLE.replace(was, becomes))).isEmpty();
  }

  @Test
  void takesAnEndlessReportForUnsaid() {
    assertThat(ReportReader.read(WHOLE + " ".repeat(5000))).isEmpty();
    assertThat(ReportReader.read("[".repeat(4000))).isEmpty();
  }
}
