package dev.slipway.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a promotion is taken, and what comes next for one that was. */
public final class PromotionDecision {

  private static final String LIVE = Stage.label(Stage.Live.class);

  private PromotionDecision() {}

  /**
   * The environment before this one, as it is known here.
   *
   * @param name of that environment
   * @param repository its images, {@code HOST/PROJECT/REPOSITORY}
   * @param page base address of its page, without a slash at its end
   */
  public record Before(String name, String repository, Optional<String> page) {}

  /** Why a promotion cannot be looked into at all; empty when it can. */
  public static Optional<Finding> unanswerable(Promotion asked, Optional<Before> before) {
    if (before.isEmpty()) {
      return Optional.of(
          Finding.of(
              "promotion-source",
              "nothing is promoted into this environment: it has no promotion source"));
    }
    return before.get().name().equals(asked.environment())
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "promotion-source",
                "this environment takes promotions from '%s' and from no other, not from '%s'"
                    .formatted(before.get().name(), asked.environment())));
  }

  /**
   * What becomes of a promotion.
   *
   * @param there the release it names, as the ledger there has it; empty when it has none
   */
  public static Promotion.Answer answer(
      Promotion asked,
      Before before,
      Optional<Release> there,
      PromotionTerms terms,
      Instant now) {
    if (there.isEmpty()) {
      return refused(
          Finding.of(
              "promotion-release",
              "the ledger of %s knows no release %s"
                  .formatted(before.name(), asked.release())));
    }
    Release release = there.get();
    List<Finding> findings = new ArrayList<>();
    digest(asked, before, release)
        .or(() -> repository(before, release))
        .ifPresent(findings::add);
    live(before, release).or(() -> soak(before, release, terms, now)).ifPresent(findings::add);
    return findings.isEmpty()
        ? taken(asked, before, release)
        : new Promotion.Answer.Refused(findings);
  }

  private static Promotion.Answer taken(Promotion asked, Before before, Release release) {
    Origin origin =
        new Origin(
            before.name(),
            release.id(),
            release.image().orElseThrow(),
            release.report(),
            liveSince(release),
            before.page().map(page -> page + "/releases/" + release.id()),
            asked.by(),
            asked.reason());
    return new Promotion.Answer.Taken(
        origin, release.source().orElseThrow(), release.crate().orElseThrow());
  }

  private static Optional<Finding> digest(Promotion asked, Before before, Release release) {
    Optional<String> digest = release.image().map(Image::digest);
    return digest.equals(Optional.of(asked.digest()))
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "promotion-digest",
                "%s of %s has %s, not %s"
                    .formatted(
                        release.id(),
                        before.name(),
                        digest.map(d -> "the image " + d).orElse("no image"),
                        asked.digest())));
  }

  private static Optional<Finding> repository(Before before, Release release) {
    String name = release.image().orElseThrow().name();
    return name.startsWith(before.repository() + "/")
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "promotion-repository",
                "the image of %s lies at %s, not in the repository of %s, %s"
                    .formatted(release.id(), name, before.name(), before.repository())));
  }

  /** One that others replaced was good while it lasted; one that was taken back was not. */
  private static Optional<Finding> live(Before before, Release release) {
    boolean wasLive = !spans(release, Instant.MAX).isEmpty();
    boolean is =
        release.stage() instanceof Stage.Live
            || (release.stage() instanceof Stage.Replaced && wasLive);
    return is
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "promotion-not-live",
                "%s is %s in %s; only what is live there, or was until another was, is promoted"
                    .formatted(release.id(), release.stage().label(), before.name())));
  }

  private static Optional<Finding> soak(
      Before before, Release release, PromotionTerms terms, Instant now) {
    Duration lived =
        spans(release, now).stream()
            .map(span -> Duration.between(span.from(), span.to()))
            .reduce(Duration.ZERO, Duration::plus);
    return lived.compareTo(terms.soak()) >= 0
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "promotion-soak",
                "%s has been live in %s for %s; the policy here asks for %s"
                    .formatted(
                        release.id(),
                        before.name(),
                        shown(lived),
                        shown(terms.soak()))
                    + (release.stage() instanceof Stage.Live
                        ? ": promote it again after " + now.plus(terms.soak()).minus(lived)
                        : "")));
  }

  private static String shown(Duration span) {
    Duration seconds = Duration.ofSeconds(span.toSeconds());
    return seconds.isZero() ? "0 s" : seconds.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private record Span(Instant from, Instant to) {}

  /** When it was live; the last time until {@code now}, if it is. */
  private static List<Span> spans(Release release, Instant now) {
    List<Span> spans = new ArrayList<>();
    List<Release.Entered> history = release.history();
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).stage().equals(LIVE)) {
        Instant to = i + 1 < history.size() ? history.get(i + 1).at() : now;
        spans.add(new Span(history.get(i).at(), to));
      }
    }
    return spans;
  }

  /** When it last became live; spans that follow on each other are one. */
  private static Instant liveSince(Release release) {
    List<Span> spans = spans(release, Instant.MAX);
    Instant since = spans.getLast().from();
    for (int i = spans.size() - 2; i >= 0 && spans.get(i).to().equals(since); i--) {
      since = spans.get(i).from();
    }
    return since;
  }

  private static Promotion.Answer refused(Finding finding) {
    return new Promotion.Answer.Refused(List.of(finding));
  }

  /** What comes next for one that was taken and has no image here yet. */
  static Step received(Situation s, Origin origin) {
    Optional<ReleaseId> same =
        s.otherLive()
            .filter(live -> live.image().map(Image::digest).equals(digestOf(origin)))
            .map(Release::id);
    if (same.isPresent()) {
      return new Step.Note(new ReleaseEvent.FoundUnchanged(same.get()));
    }
    Duration deadline = s.policy().builds().buildDeadline();
    Duration waited = Duration.between(s.release().inStageSince(), s.now());
    return waited.compareTo(deadline) > 0
        ? new Step.Note(
            new ReleaseEvent.Failed(
                "its image could not be copied from %s within %d minutes: see the log"
                    .formatted(origin.environment(), deadline.toMinutes())))
        : new Step.CopyImage(s.release(), s.otherLive(), origin);
  }

  private static Optional<String> digestOf(Origin origin) {
    return Optional.of(origin.image().digest());
  }
}
