package dev.slipway.local.run;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.SecretKeySelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Works out what is to be started for a container: its image's files, command and environment. */
final class Launches {

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final ImageStore images;
  private final Secrets secrets;

  Launches(ImageStore images, Secrets secrets) {
    this.images = images;
    this.secrets = secrets;
  }

  /**
   * Whose process it is.
   *
   * @param id short name of the revision or of the execution
   * @param env what Cloud Run itself puts into the environment, above all else
   * @param port where it must listen, 0 for a task that need not
   */
  record Owner(String id, String project, Map<String, String> env, int port) {}

  /**
   * What to start.
   *
   * @param image the image by digest
   */
  record Ready(Launcher.Launch launch, String image) {}

  /** A secret a container names is not there. */
  static final class SecretMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    SecretMissing(String message) {
      super(message);
    }
  }

  /**
   * Fetches and unpacks the image, unless that is done.
   *
   * @throws ImageException when there is no such image, or it is none that can be run
   * @throws SecretMissing when the environment names a secret there is not
   * @throws IOException when there is nothing in it to start
   */
  Ready prepare(Container container, Owner owner, Consumer<String> log) throws IOException {
    ImageStore.Unpacked image = images.unpack(container.getImage());
    ImageConfig config = image.config();
    String dir = container.getWorkingDir();
    return new Ready(
        new Launcher.Launch(
            owner.id(),
            image.root(),
            command(container, config),
            environment(container, owner, config),
            dir.isEmpty() ? config.workingDir() : dir,
            config.user(),
            owner.port(),
            log),
        image.image());
  }

  /** A container's command replaces the image's entrypoint and, with it, the image's cmd. */
  private static List<String> command(Container container, ImageConfig config) throws IOException {
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

  private Map<String, String> environment(Container container, Owner owner, ImageConfig config) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", DEFAULT_PATH);
    env.put("HOME", "/");
    env.putAll(config.env());
    for (EnvVar variable : container.getEnvList()) {
      env.put(
          variable.getName(),
          variable.hasValueSource()
              ? secret(owner, variable.getValueSource().getSecretKeyRef())
              : variable.getValue());
    }
    env.putAll(owner.env());
    return env;
  }

  private String secret(Owner owner, SecretKeySelector key) {
    String secret =
        key.getSecret().startsWith("projects/")
            ? key.getSecret()
            : "projects/" + owner.project() + "/secrets/" + key.getSecret();
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
