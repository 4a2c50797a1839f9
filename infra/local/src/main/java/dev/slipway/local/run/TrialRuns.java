package dev.slipway.local.run;

import com.google.cloud.run.v2.Container;
import dev.slipway.local.run.StartupWatch.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs images once, alone and without a network, to see how their program starts and how it ends on
 * SIGTERM. What is unpacked for it is there when a revision of the image starts.
 */
public final class TrialRuns {

  /** The port Cloud Run names unless told otherwise; it is free in a network of its own. */
  private static final int PORT = 8080;

  private final ImageStore images;
  private final Launcher launcher;
  private final Timing timing;
  private final Duration grace;

  /**
   * @param grace between SIGTERM and SIGKILL
   */
  TrialRuns(ImageStore images, Launcher launcher, Timing timing, Duration grace) {
    this.images = images;
    this.launcher = launcher;
    this.timing = timing;
    this.grace = grace;
  }

  /**
   * Begins one; returns at once.
   *
   * @param image by digest, {@code host/path@sha256:...}
   * @param service what {@code K_SERVICE} says
   */
  public TrialRun begin(String image, String service) {
    TrialRun run = new TrialRun(timing, grace);
    timing.scheduler().soon(() -> start(run, image, service));
    return run;
  }

  private void start(TrialRun run, String image, String service) {
    try {
      ImageStore.Unpacked unpacked = images.unpack(image);
      run.watch(launcher.launch(launch(run, unpacked, service)));
    } catch (ImageException | IOException e) {
      run.failed(e);
    }
  }

  private static Launcher.Launch launch(
      TrialRun run, ImageStore.Unpacked image, String service) throws IOException {
    ImageConfig config = image.config();
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", Startup.DEFAULT_PATH);
    env.put("HOME", "/");
    env.putAll(config.env());
    env.put("PORT", Integer.toString(PORT));
    env.put("K_SERVICE", service);
    env.put("K_CONFIGURATION", service);
    env.put("K_REVISION", service + "-trial");
    return new Launcher.Launch(
        service + "-trial",
        image.root(),
        Startup.command(Container.getDefaultInstance(), config),
        env,
        config.workingDir(),
        config.user(),
        PORT,
        run::prints,
        true);
  }
}
