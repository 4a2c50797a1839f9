package dev.slipway.local.slack;

import java.util.List;

/** Slack says no; {@code problems} say where in the blocks. */
final class SlackError extends RuntimeException {

  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial")
  private final List<String> problems;

  SlackError(String code) {
    this(code, List.of());
  }

  SlackError(String code, List<String> problems) {
    super(code, null, false, false);
    this.problems = List.copyOf(problems);
  }

  String code() {
    return String.valueOf(getMessage());
  }

  List<String> problems() {
    return problems;
  }
}
