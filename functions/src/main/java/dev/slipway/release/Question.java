package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the platform would say to a change of a service: asked by who may not change services of who
 * may. It names the service and nothing that would be put into it.
 *
 * @param id 32 hex digits; the answer is left under it
 * @param actor who asks
 * @param at when it was asked
 */
public record Question(String id, ServiceName service, String actor, Instant at) {

  /** Past it nobody waits for the answer any more. */
  private static final Duration STALE = Duration.ofMinutes(1);

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int MAX_ACTOR = 320;

  public Question {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'%s' is no id of a question".formatted(id));
    }
    if (actor.length() > MAX_ACTOR) {
      throw new IllegalArgumentException("nobody's name has %d characters".formatted(actor.length()));
    }
  }

  /** One nobody has asked before. */
  public static Question of(ServiceName service, String actor, Instant at) {
    return new Question(UUID.randomUUID().toString().replace("-", ""), service, actor, at);
  }

  /** Whether it is so old, or so far ahead, that nobody can be waiting. */
  public boolean isStale(Instant now) {
    return Duration.between(at, now).abs().compareTo(STALE) > 0;
  }
}
