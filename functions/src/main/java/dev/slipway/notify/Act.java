package dev.slipway.notify;

import java.time.Instant;

/** The one thing to do next about a release's message. */
sealed interface Act {

  /** Everything is told. */
  record Rest() implements Act {}

  /** What is left may be posted then. */
  record Wait(Instant until) implements Act {}

  /** Bring the message up to date; doing it twice does no harm. */
  record Edit() implements Act {}

  /** Take what is left as told: nobody wants to read it. */
  record Pass() implements Act {}

  /** Post something, at most once. */
  record Post(Notice.Errand errand) implements Act {}
}
