package dev.slipway.cli.doctor;

import dev.slipway.cli.doctor.Check.Verdict;
import dev.slipway.cli.doctor.Rest.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ExecutionException;

/** Puts questions, many at once, and keeps the answers' judgements in the questions' order. */
final class Examination {

  private Examination() {}

  static List<Check> of(List<Question> questions, Rest rest) {
    List<Check> checks = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Check>>> asked =
          questions.stream().map(question -> threads.submit(() -> question.put(rest))).toList();
      for (int i = 0; i < asked.size(); i++) {
        checks.addAll(checks(questions.get(i).name(), asked.get(i)));
      }
    }
    return checks;
  }

  private static List<Check> checks(String name, Future<List<Check>> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      return List.of(
          Check.fail(name, "its answer was not understood: " + e.getCause(), "slipway doctor --json"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Check.skipped(name, "interrupted", "slipway doctor"));
    }
  }

  static boolean failed(List<Check> checks) {
    return checks.stream().anyMatch(check -> check.verdict() == Verdict.FAIL);
  }
}
