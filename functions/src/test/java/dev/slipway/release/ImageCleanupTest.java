package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.ImageCleanup.Pushed;
import dev.slipway.release.ImageCleanup.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ImageCleanupTest {

  private static final Instant NOW = Samples.NOW;
  private static final ImageCleanup CLEANUP =
      new ImageCleanup(Samples.HELLO, new Cleanup(1, Duration.ofDays(7)), NOW);
  private static final Use NOTHING = new Use(List.of(), List.of());

  private static final Pushed NEWEST = pushed("hello-000000000001", 1);
  private static final Pushed RECENT = pushed("hello-000000000002", 6);
  private static final Pushed OLD = pushed("hello-000000000003", 30);
  private static final Pushed OLDER = pushed("hello-000000000004", 40);

  private static Pushed pushed(String tag, int days) {
    return new Pushed(
        "sha256:" + tag.substring(tag.length() - 1).repeat(64),
        List.of(tag),
        NOW.minus(Duration.ofDays(days)));
  }

  private static Pushed tagged(Pushed image, String... tags) {
    return new Pushed(image.digest(), List.of(tags), image.pushedAt());
  }

  private static Use runs(String image) {
    return new Use(List.of(new Cleanup.Kept("by-hand", NOW, List.of("sidecar:1", image))), List.of());
  }

  private static Release release(String id, int daysSince, ReleaseEvent event) {
    Instant at = NOW.minus(Duration.ofDays(daysSince));
    return Release.begin(
            ReleaseId.parse(id),
            new ReleaseEvent.Received(Samples.SOURCE, Samples.CRATE, List.of()),
            at)
        .on(event, at);
  }

  @Test
  void theNewestAndTheRecentStayAndTheOthersGoOldestFirst() {
    assertThat(CLEANUP.unused(List.of(OLD, RECENT, NEWEST, OLDER), NOTHING))
        .containsExactly(OLDER, OLD);
  }

  @Test
  void whatARevisionRunsStaysWhetherItSaysSoByDigestOrByTag() {
    List<Pushed> all = List.of(NEWEST, OLD);

    assertThat(CLEANUP.unused(all, runs("host/p/r/hello@" + OLD.digest()))).isEmpty();
    assertThat(CLEANUP.unused(all, runs("host:5000/p/r/hello:hello-000000000003"))).isEmpty();
    assertThat(CLEANUP.unused(all, runs("host:5000/p/r/hello"))).containsExactly(OLD);
  }

  @Test
  void whatAReleaseNeedsStaysThoughItIsNamedAfterAnother() {
    Release retry = release("hello-00000000000a", 0, new ReleaseEvent.FoundUnchanged(Samples.OTHER));
    Pushed its = new Pushed(Samples.IMAGE.digest(), OLD.tags(), OLD.pushedAt());

    assertThat(CLEANUP.unused(List.of(NEWEST, OLD), new Use(List.of(), List.of(retry))))
        .containsExactly(OLD);
    assertThat(
            CLEANUP.unused(
                List.of(NEWEST, its), new Use(List.of(), List.of(copied("hello-00000000000b")))))
        .isEmpty();
  }

  private static Release copied(String id) {
    return Release.begin(
            ReleaseId.parse(id),
            new ReleaseEvent.PromotionReceived(Samples.ORIGIN, Samples.SOURCE, Samples.CRATE),
            NOW)
        .on(
            new ReleaseEvent.ImageCopied(
                Samples.IMAGE, Optional.empty(), Optional.empty()),
            NOW);
  }

  @Test
  void whatAPersonNamedOrNobodyOrAnotherServiceStays() {
    List<Pushed> theirs =
        List.of(
            NEWEST,
            tagged(OLD, "hello-000000000003", "v1"),
            tagged(OLDER),
            tagged(OLDER, "other-000000000003"));

    assertThat(CLEANUP.unused(theirs, NOTHING)).isEmpty();
  }

  @Test
  void anImageIsForgottenOnceItsReleaseHasBeenSettledForSoLong() {
    ReleaseId id = ReleaseId.parse("hello-000000000003");
    ReleaseEvent end = new ReleaseEvent.FoundUnchanged(Samples.OTHER);

    assertThat(CLEANUP.isForgotten(OLD, Map.of(id, release(id.toString(), 8, end)))).isTrue();
    assertThat(CLEANUP.isForgotten(OLD, Map.of(id, release(id.toString(), 6, end)))).isFalse();
    assertThat(CLEANUP.isForgotten(OLD, Map.of(id, copied(id.toString())))).isFalse();
    assertThat(CLEANUP.isForgotten(OLD, Map.of())).as("the ledger does not know it").isFalse();
  }
}
