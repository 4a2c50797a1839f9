package dev.slipway.local.run;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.SecretKeySelector;
import dev.slipway.local.run.Launcher.Running;
import dev.slipway.local.run.StartupWatch.Timing;
import dev.slipway.local.server.Ports;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Brings one instance of a revision up: image, environment, process, probe. */
final class Startup {

  static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final ImageStore images;
  private final Secrets secrets;
  private final Launcher launcher;
  private final RevisionLogs logs;
  private final RunSettings settings;
  private final Timing timing;

  Startup(
      ImageStore images,
      Secrets secrets,
      Launcher launcher,
      RevisionLogs logs,
      RunSettings settings,
      Timing timing) {
    this.images = images;
    this.secrets = secrets;
    this.launcher = launcher;
    this.logs = logs;
    this.settings = settings;
    this.timing = timing;
  }

  /** How a start ended. */
  sealed interface Outcome {}

  /**
   * The instance serves.
   *
   * @param image the image by digest
   */
  record Ready(Running running, int port, String image) implements Outcome {}

  /** It does not, and why. */
  record Failed(Cause cause, String message) implements Outcome {

    enum Cause {
      IMAGE_MISSING,
      IMAGE_UNUSABLE,
      SECRET,
      CONTAINER
    }

    /** The condition of the revision that failed. */
    String condition() {
      return cause == Cause.CONTAINER ? "ContainerHealthy" : "ContainerReady";
    }

    Condition mark(Condition condition) {
      Condition.Builder marked = condition.toBuilder();
      switch (cause) {
        case CONTAINER ->
            marked.setRevisionReason(Condition.RevisionReason.HEALTH_CHECK_CONTAINER_ERROR);
        case SECRET -> marked.setReason(Condition.CommonReason.SECRETS_ACCESS_CHECK_FAILED);
        case IMAGE_MISSING, IMAGE_UNUSABLE ->
            marked.setReason(Condition.CommonReason.CONTAINER_MISSING);
      }
      return marked.build();
    }

    Status status() {
      return (cause == Cause.IMAGE_MISSING ? Status.NOT_FOUND : Status.FAILED_PRECONDITION)
          .withDescription(message);
    }
  }

  /** A secret a revision names is not there. */
  private static final class SecretMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    SecretMissing(String message) {
      super(message);
    }
  }

  /** Starts an instance; {@code done} is told once, on a thread of the scheduler's. */
  void begin(Revision revision, Consumer<Outcome> done) {
    timing.scheduler().soon(() -> start(revision, done));
  }

  private void start(Revision revision, Consumer<Outcome> done) {
    String id = ServiceName.lastPart(revision.getName());
    Container container = revision.getContainers(0);
    int port = Ports.free();
    ImageStore.Unpacked image;
    Running running;
    try {
      image = images.unpack(container.getImage());
      running = launcher.launch(launch(revision, image, port));
    } catch (ImageException e) {
      done.accept(
          new Failed(
              e.missing() ? Failed.Cause.IMAGE_MISSING : Failed.Cause.IMAGE_UNUSABLE, why(e)));
      return;
    } catch (SecretMissing e) {
      done.accept(new Failed(Failed.Cause.SECRET, why(e)));
      return;
    } catch (IOException e) {
      String problem = "could not start: " + why(e);
      done.accept(new Failed(Failed.Cause.CONTAINER, refusal(id, port, problem)));
      return;
    }
    new StartupWatch(
            timing,
            settings.wrongAddress(),
            container.getStartupProbe(),
            running,
            port,
            problem -> {
              if (problem == null) {
                new MemoryWatch(timing, logs.entries(), revision, running).begin();
                done.accept(new Ready(running, port, image.image()));
              } else {
                if (running.exit().isDone()) {
                  exited(revision, running.exit().join());
                }
                // Its last words, before those of what ends it.
                String refusal = refusal(id, port, problem);
                running.kill();
                done.accept(new Failed(Failed.Cause.CONTAINER, refusal));
              }
            })
        .begin();
  }

  /** Tells the log of a process that ended without being asked to. */
  void exited(Revision revision, int code) {
    logs.entries().exited(revision.getName(), code);
  }

  private static String why(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private String refusal(String revision, int port, String problem) {
    List<String> tail = logs.tail(revision);
    return ("The process %s. The user-provided container failed to start and listen on the port"
            + " defined provided by the PORT=%d environment variable within the allocated timeout.%s")
        .formatted(
            problem,
            port,
            tail.isEmpty() ? "" : " Its last output:\n" + String.join("\n", tail).strip());
  }

  private Launcher.Launch launch(Revision revision, ImageStore.Unpacked image, int port)
      throws IOException {
    String id = ServiceName.lastPart(revision.getName());
    Container container = revision.getContainers(0);
    String dir = container.getWorkingDir();
    return new Launcher.Launch(
        id,
        image.root(),
        command(container, image.config()),
        environment(revision, image.config(), port),
        dir.isEmpty() ? image.config().workingDir() : dir,
        image.config().user(),
        port,
        logs.writer(revision.getName()));
  }

  /** A container's command replaces the image's entrypoint and, with it, the image's cmd. */
  static List<String> command(Container container, ImageConfig config) throws IOException {
    boolean own = container.getCommandCount() > 0;
    List<String> words = new ArrayList<>(own ? container.getCommandList() : config.entrypoint());
    if (container.getArgsCount() > 0) {
      words.addAll(container.getArgsList());
    } else if (!own) {
      words.addAll(config.cmd());
    }
    if (words.isEmpty()) {
      throw new IOException("the image has neither entrypoint nor cmd, and no command is set");
    }
    return words;
  }

  private Map<String, String> environment(Revision revision, ImageConfig config, int port) {
    ServiceName service = ServiceName.ofRevision(revision.getName());
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", DEFAULT_PATH);
    env.put("HOME", "/");
    env.putAll(config.env());
    for (EnvVar variable : revision.getContainers(0).getEnvList()) {
      env.put(
          variable.getName(),
          variable.hasValueSource()
              ? secret(service, variable.getValueSource().getSecretKeyRef())
              : variable.getValue());
    }
    env.put("PORT", Integer.toString(port));
    env.put("K_SERVICE", service.service());
    env.put("K_CONFIGURATION", service.service());
    env.put("K_REVISION", ServiceName.lastPart(revision.getName()));
    env.put("CLOUD_RUN_TIMEOUT_SECONDS", Long.toString(revision.getTimeout().getSeconds()));
    return env;
  }

  private String secret(ServiceName service, SecretKeySelector key) {
    String secret =
        key.getSecret().startsWith("projects/")
            ? key.getSecret()
            : "projects/" + service.project() + "/secrets/" + key.getSecret();
    String version =
        secret + "/versions/" + (key.getVersion().isEmpty() ? "latest" : key.getVersion());
    return secrets
        .access(version)
        .orElseThrow(
            () ->
                new SecretMissing(
                    "Secret %s was not found. Add that version, or name another in the template."
                        .formatted(version)));
  }
}
