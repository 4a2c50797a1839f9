package dev.slipway.cli.release;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import com.google.gson.JsonObject;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.environment.Uploads;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.release.Promotion;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.source.PromotionFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks another environment to bring out what this one has live: the same image, no build. */
@Command(
    name = "promote-to",
    mixinStandardHelpOptions = true,
    description = {
      "Ask another environment to bring out a release that is live here.",
      "It takes the very image, by its digest, if its promotion source is this environment.",
    })
public final class PromoteToCommand implements Callable<Integer> {

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(
      index = "0",
      paramLabel = "ENV",
      description =
          "The environment to promote to, one that 'slipway env list' shows, or the folder of another"
              + " laptop cloud's state.")
  private String target = "";

  @Parameters(index = "1", paramLabel = "ID|SERVICE", description = "A release that is live here.")
  private String named = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "What that environment calls this one, the name of its promotion source (default: this"
              + " one's own name).")
  private @Nullable String source;

  @Option(
      names = {"--reason", "-m"},
      paramLabel = "TEXT",
      description = "Why: it is kept with the release, up to 500 characters.")
  private String reason = "";

  @Override
  public Integer call() {
    try (Environment from = environment.open();
        Environment to = target()) {
      ReleaseId id = new Named(from).release(named);
      Release there = from.api().release(id).release();
      Promotion promotion = promotion(from, there);
      upload(to.uploads(), promotion);
      report(to, promotion);
    }
    return Exit.DONE;
  }

  private Environment target() {
    Path folder = Path.of(target);
    boolean laptop = folder.isAbsolute() || target.startsWith(".");
    return laptop
        ? environment.all().open(Environment.LAPTOP, folder.toAbsolutePath().normalize())
        : environment.all().open(target, environment.state());
  }

  private Promotion promotion(Environment from, Release there) {
    Optional<String> why = Optional.of(reason.strip()).filter(text -> !text.isEmpty());
    try {
      return Promotion.of(
          source == null ? from.name() : source, there, Optional.of(from.api().me().name()), why);
    } catch (IllegalArgumentException e) {
      throw new Failure("Tried to promote %s but %s.".formatted(there.id(), e.getMessage()), e);
    }
  }

  private static void upload(Uploads uploads, Promotion promotion) {
    BlobInfo object =
        BlobInfo.newBuilder(uploads.bucket(), promotion.object())
            .setContentType("application/json")
            .build();
    try {
      var unused =
          uploads
              .storage()
              .create(object, PromotionFile.write(promotion), new BlobTargetOption[0]);
    } catch (StorageException e) {
      throw new Failure(
          "Tried to upload gs://%s/%s but failed: %s. Who promotes needs the right to create objects below promotions/ there."
              .formatted(uploads.bucket(), promotion.object(), e.getMessage()),
          e);
    }
  }

  private void report(Environment to, Promotion promotion) {
    Screen screen = output.screen();
    if (screen.isJson()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("environment", to.name());
      answer.addProperty("object", promotion.object());
      answer.addProperty("digest", promotion.digest());
      screen.json(answer);
      return;
    }
    screen.line("Asked %s for %s of %s.".formatted(to.name(), promotion.release(), promotion.environment()));
    screen.line("  digest  " + promotion.digest());
    screen.line(
        "Follow it: slipway watch %s%s"
            .formatted(
                promotion.release().service(),
                to.flag()));
  }
}
