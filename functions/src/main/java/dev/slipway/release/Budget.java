package dev.slipway.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How large a team wants its images at most; sizes are compressed, as a cold start pulls them.
 *
 * @param maxBytes at most so many bytes
 * @param maxGrowthPercent at most so much larger than the image that serves; a first release is
 *     not judged by it
 * @param action what happens to a release over it
 */
public record Budget(
    @Setting(value = "at most so large", unit = "bytes", min = 1) Optional<Long> maxBytes,
    @Setting(
            value = "at most so much larger than the live release's image",
            unit = "percent",
            max = 1000)
        Optional<Integer> maxGrowthPercent,
    @Setting(
            "what over it happens: `warn`, `block` (rejected before it is deployed), `ignore`")
        Reaction action) {

  /** No budget: whatever its size, an image is not over it. */
  public static final Budget DEFAULT =
      new Budget(Optional.empty(), Optional.empty(), Reaction.WARN);

  private static final String ADVICE =
      "Set `profile = \"size\"` in [package.metadata.slipway], drop dependencies, or raise the"
          + " team's budget.";

  /** Everything an image is over; nothing when it just fits. */
  List<Finding> over(Image image, Optional<Release> serving) {
    List<Finding> findings = new ArrayList<>();
    maxBytes
        .filter(max -> image.compressedBytes() > max)
        .ifPresent(max -> findings.add(tooLarge(image, max)));
    serving.ifPresent(
        live ->
            live.image()
                .filter(before -> grewTooMuch(before.compressedBytes(), image.compressedBytes()))
                .ifPresent(before -> findings.add(tooMuchGrowth(image, live.id(), before))));
    return findings;
  }

  private boolean grewTooMuch(long before, long now) {
    return maxGrowthPercent.filter(max -> (now - before) * 100 > before * max).isPresent();
  }

  private static Finding tooLarge(Image image, long max) {
    return Finding.of(
        "size-budget",
        "the image has %s and the team's budget is %s%s. %s"
            .formatted(
                bytes(image.compressedBytes()), bytes(max), largest(image), ADVICE));
  }

  private Finding tooMuchGrowth(Image image, ReleaseId live, Image before) {
    long grown = image.compressedBytes() - before.compressedBytes();
    double percent = 100.0 * grown / Math.max(1, before.compressedBytes());
    return Finding.of(
        "growth-budget",
        String.format(
            Locale.ROOT,
            "the image has %s, %.1f%% more than the %s of %s, and the team's budget is %d%%%s. %s",
            bytes(image.compressedBytes()),
            percent,
            bytes(before.compressedBytes()),
            live,
            maxGrowthPercent.orElse(0),
            largest(image),
            ADVICE));
  }

  private static String largest(Image image) {
    return image.layers().stream()
        .max(Comparator.comparingLong(Image.Layer::compressedBytes))
        .map(
            layer ->
                "; its largest layer is %s with %s"
                    .formatted(layer.digest(), bytes(layer.compressedBytes())))
        .orElse("");
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%s (%,d bytes)", ByteSize.shown(bytes), bytes);
  }
}
