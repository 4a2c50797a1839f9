package dev.slipway.cli.doctor;

import java.time.Instant;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status of HTTP; 0 where nobody answered
 * @param body as JSON; nothing where it is none
 * @param location where it sends the asker on; empty for nowhere
 * @param date by the answerer's clock
 * @param trouble why nobody answered; empty where somebody did
 */
record Answer(int status, Tree body, String location, Optional<Instant> date, String trouble) {

  static Answer of(int status, Tree body) {
    return new Answer(status, body, "", Optional.empty(), "");
  }

  static Answer silence(String why) {
    return new Answer(0, Tree.NOTHING, "", Optional.empty(), why);
  }

  boolean isGood() {
    return status / 100 == 2;
  }

  boolean isMissing() {
    return status == 404;
  }

  /** The API itself is switched off, which Google answers with 403 as well. */
  boolean isSwitchedOff() {
    return status == 403
        && (body.each("error", "details").stream()
                .anyMatch(detail -> detail.text("reason").equals("SERVICE_DISABLED"))
            || error().contains("has not been used in project"));
  }

  boolean isForbidden() {
    return status == 401 || status == 403;
  }

  /** In the answerer's words, one line. */
  String error() {
    String words = trouble.isEmpty() ? body.text("error", "message") : trouble;
    String line = words.isEmpty() ? "status " + status : words.lines().findFirst().orElse("");
    return line.length() > 240 ? line.substring(0, 240) + "..." : line;
  }
}
