package dev.slipway.pipeline;

import dev.slipway.build.Builds;
import dev.slipway.build.Copies;
import dev.slipway.build.Images;
import dev.slipway.release.BuildPrice;
import dev.slipway.release.BuildState;
import dev.slipway.release.Image;
import dev.slipway.release.Origin;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Step;
import dev.slipway.rollout.Jobs;
import dev.slipway.rollout.Regional;
import dev.slipway.rollout.Smoke;
import java.util.Optional;

/** Carries a decided step out, through the ports. */
public final class Performer {

  private final Making making;
  private final Serving serving;

  /** What makes images and looks into them. */
  public record Making(Builds builds, Images images, Copies copies, Inventory inventory) {}

  /** What runs them. */
  public record Serving(Regional services, Smoke smoke, Jobs jobs) {}

  public Performer(Making making, Serving serving) {
    this.making = making;
    this.serving = serving;
  }

  /**
   * Takes the step.
   *
   * @return the event to write down, where the step has a result that looking again would not show
   */
  Optional<ReleaseEvent> perform(ReleaseId id, Step step) {
    return switch (step) {
      case Step.SubmitBuild s -> {
        String build = making.builds().submit(s.order());
        yield Optional.of(new ReleaseEvent.BuildSubmitted(build, s.order().attempt()));
      }
      case Step.CancelBuild s -> {
        making.builds().cancel(s.buildId());
        yield Optional.empty();
      }
      case Step.MeasureImage s -> Optional.of(measured(id, s));
      case Step.CopyImage s -> Optional.of(copied(id, s));
      case Step.Deploy s -> {
        serving.services().in(s.region()).deploy(s.basis(), s.deployment());
        yield Optional.empty();
      }
      case Step.Shift s -> {
        serving.services().in(s.region()).shift(s.basis(), s.traffic());
        yield Optional.empty();
      }
      case Step.RunSmoke s ->
          Optional.of(
              s.event(
                  serving
                      .smoke()
                      .run(new Smoke.Address(s.uri(), s.audience()), s.test(), s.warmup())));
      case Step.RunJob s -> {
        serving.jobs().run(s.order());
        yield Optional.empty();
      }
      case Step.Sample s -> {
        serving.smoke().sample(new Smoke.Address(s.uri(), s.audience()), s.test());
        yield Optional.empty();
      }
      case Step.Rest s -> Optional.empty();
      case Step.Wait s -> Optional.empty();
      case Step.Note s -> Optional.of(s.event());
    };
  }

  private ReleaseEvent measured(ReleaseId id, Step.MeasureImage step) {
    BuildState.Succeeded result = step.result();
    Image image = making.images().measure(id, result.digest());
    return new ReleaseEvent.BuildSucceeded(
        step.build().id(),
        image,
        result.report(),
        Optional.of(
            making
                .inventory()
                .take(
                    new Inventory.Subject(step.release(), step.serving(), result.report()),
                    image)),
        result.timing().map(BuildPrice::of));
  }

  private ReleaseEvent copied(ReleaseId id, Step.CopyImage step) {
    Origin origin = step.origin();
    try {
      Image image = making.copies().copy(origin.image(), id);
      Inventory.Subject subject =
          new Inventory.Subject(step.release(), step.serving(), origin.report());
      return new ReleaseEvent.ImageCopied(
          image, origin.report(), Optional.of(making.inventory().take(subject, image)));
    } catch (IllegalArgumentException wrong) {
      return new ReleaseEvent.Failed(String.valueOf(wrong.getMessage()));
    }
  }
}
