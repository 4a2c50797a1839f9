package dev.slipway.cli.simulate;

import dev.slipway.cli.simulate.Rehearsal.Row;
import dev.slipway.cli.simulate.Rehearsal.Told;
import dev.slipway.release.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page that shows what becomes of rollouts as teams know them: docs/rollout-simulations.md. */
public final class RolloutReport {

  private static final String INTRODUCTION =
      """
      # Rollouts, simulated

      Generated from the code by `slipway simulate --rollouts`; `RolloutReportTest` compares, and says how to renew it.

      Each of these is carried out by the functions' own pipeline, in virtual time, on platforms in memory, with a tick a
      minute and the [default policy](policy.md) (steps 10, 50, 100 %, each held for 5 minutes, then watched for 10) unless it
      says otherwise. Monitoring lags by 3 minutes, as the policy assumes. Users send 600 requests a minute where nothing else
      is said. Times are hours:minutes from the end of the build; requests and failures count from there, for both revisions.
      A verdict is about the step before; [operations](operations.md#gates) says how the gate comes by it.

      """;

  private RolloutReport() {}

  /** The whole page. */
  public static String markdown() {
    List<Told> all = NamedRollout.ALL.stream().map(Rehearsal::of).toList();
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append("| rollout | ends | after | users' requests | failed | of them by the candidate |\n");
    page.append("|---|---|---|---|---|---|\n");
    all.forEach(told -> page.append(summary(told)));
    for (Told told : all) {
      page.append("\n## ").append(told.rollout().name()).append("\n\n");
      page.append(String.join("\n", wrapped(told.rollout().what())));
      if (!told.rollout().policy().isEmpty()) {
        page.append("\nPolicy: `").append(told.rollout().policy()).append("`.");
      }
      page.append("\n\n```\n").append(timeline(told.shares())).append("```\n\n");
      page.append("| time | what | candidate's share | verdict | requests | failed |\n");
      page.append("|---|---|---|---|---|---|\n");
      told.rows().forEach(row -> page.append(line(row)));
    }
    return page.toString();
  }

  private static String summary(Told told) {
    Duration after = told.rows().getLast().at();
    return String.format(
        Locale.ROOT,
        "| [%s](#%s) | %s | %s | %,d | %,d (%s) | %,d |%n",
        told.rollout().name(),
        told.rollout().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-'),
        told.end().label(),
        time(after),
        told.requests(),
        told.failed(),
        percent(told.failed(), told.requests()),
        told.byCandidate());
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
  }

  private static String time(Duration at) {
    return String.format(Locale.ROOT, "%d:%02d", at.toHours(), at.toMinutesPart());
  }

  /** The candidate's share over time, a character a minute. */
  private static String timeline(String shares) {
    StringBuilder ruler = new StringBuilder();
    for (int minute = 0; minute < shares.length(); minute += 10) {
      ruler.append(String.format(Locale.ROOT, "%-10s", minute));
    }
    return "minute  %s%nshare   %s   (. 0 %%, 1 10 %%, 5 50 %%, # 100 %%)%n"
        .formatted(ruler.toString().strip(), shares);
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d %% | %s | %,d | %,d |%n",
        time(row.at()),
        cell(row.what()),
        row.share(),
        cell(verdict(row.verdict())),
        row.requests(),
        row.failed());
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String verdict(Optional<Verdict> verdict) {
    return verdict
        .map(
            v ->
                v.outcome().name().toLowerCase(Locale.ROOT)
                    + ": "
                    + String.join("; ", v.words()))
        .orElse("");
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > 118) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
