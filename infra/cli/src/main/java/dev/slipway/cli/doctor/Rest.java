package dev.slipway.cli.doctor;

import java.util.List;
import java.util.function.Function;

/** Asks over HTTP. */
@FunctionalInterface
interface Rest {

  /** Never throws: that nobody answers is an answer. */
  Answer ask(Request request);

  /**
   * A question, and what is thought of its answer.
   *
   * @param name of what is asked about, where it cannot be looked at
   */
  record Question(String name, Request request, Function<Answer, List<Check>> judgement) {

    static Question of(String name, Request request, Function<Answer, Check> judgement) {
      return new Question(name, request, answer -> List.of(judgement.apply(answer)));
    }

    List<Check> put(Rest rest) {
      return judgement.apply(rest.ask(request));
    }
  }
}
