package dev.slipway.pipeline;

import dev.slipway.ledger.SourceLedger;
import dev.slipway.release.Finding;
import dev.slipway.release.Promotion;
import dev.slipway.release.PromotionDecision;
import dev.slipway.release.PromotionTerms;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Source;
import dev.slipway.release.Upload;
import dev.slipway.source.Archives;
import dev.slipway.source.Inspection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Answers promotions: what they name is looked up in the ledger of the environment before this. */
public final class Promotions {

  private final Optional<Upstream> upstream;
  private final PromotionTerms terms;
  private final Clock clock;

  /**
   * The environment before this one.
   *
   * @param known what it is called
   * @param ledger its ledger
   * @param archives its archives
   */
  public record Upstream(
      PromotionDecision.Before known, SourceLedger ledger, Archives archives) {}

  /**
   * Answers by these terms.
   *
   * @param upstream empty where nothing is promoted from anywhere
   */
  public Promotions(Optional<Upstream> upstream, PromotionTerms terms, Clock clock) {
    this.upstream = upstream;
    this.terms = terms;
    this.clock = clock;
  }

  /** The first event of the release that a promotion becomes. */
  ReleaseEvent answer(Upload upload, Inspection.Asked asked) {
    Optional<Finding> unanswerable =
        PromotionDecision.unanswerable(asked.promotion(), upstream.map(Upstream::known));
    return unanswerable.isPresent()
        ? rejected(upload, asked, List.of(unanswerable.get()))
        : answer(upload, asked, upstream.orElseThrow());
  }

  private ReleaseEvent answer(Upload upload, Inspection.Asked asked, Upstream from) {
    Promotion promotion = asked.promotion();
    Optional<Release> there = from.ledger().release(promotion.release());
    return switch (PromotionDecision.answer(
        promotion, from.known(), there, terms, clock.instant())) {
      case Promotion.Answer.Refused r -> rejected(upload, asked, r.findings());
      case Promotion.Answer.Taken t ->
          new ReleaseEvent.PromotionReceived(
              t.origin(), brought(upload, t.source(), from.archives()), t.crate());
    };
  }

  private static Source brought(Upload upload, Source there, Archives archives) {
    return new Source(upload, there.sha256(), there.bytes(), archives.keep(there));
  }

  private static ReleaseEvent rejected(
      Upload upload, Inspection.Asked asked, List<Finding> findings) {
    return new ReleaseEvent.Rejected(upload, asked.bytes(), findings);
  }
}
