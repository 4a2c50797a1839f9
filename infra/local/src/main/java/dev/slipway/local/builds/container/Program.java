package dev.slipway.local.builds.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A container engine's program, and how it is told what to do. */
public enum Program {
  /** Docker with BuildKit, through buildx: its built-in frontend knows all the Dockerfile uses. */
  DOCKER("buildx version", "docker with the buildx plug-in") {
    @Override
    List<String> build(Stage stage) {
      List<String> words = words("buildx", "build", "--progress", "plain", "--provenance=false");
      words.addAll(List.of("--build-arg", "SOURCE_DATE_EPOCH=0"));
      switch (stage.result()) {
        case Stage.Result.Kept() -> {}
        case Stage.Result.Exported(Path folder) ->
            words.addAll(List.of("--output", "type=local,dest=" + folder));
        case Stage.Result.Tagged(String image) ->
            words.addAll(List.of("--output", "type=docker,name=" + image));
      }
      return ended(words, stage);
    }

    @Override
    List<String> save(String image, Path file) {
      return words("image", "save", "--output", file.toString(), image);
    }

    @Override
    List<String> remove(String image) {
      return words("image", "rm", image);
    }
  },

  PODMAN("--version", "podman") {
    @Override
    List<String> build(Stage stage) {
      List<String> words = words("build");
      if (!stage.hasNetwork()) {
        words.addAll(List.of("--network", "none"));
      }
      return daemonless(words, stage);
    }

    @Override
    List<String> save(String image, Path file) {
      return words("save", "--format", "oci-archive", "--output", file.toString(), image);
    }

    @Override
    List<String> remove(String image) {
      return words("rmi", image);
    }
  },

  /** Buildah, in a plain chroot: it needs no daemon and, as root, no namespaces of its own. */
  BUILDAH("--version", "buildah") {
    @Override
    List<String> build(Stage stage) {
      List<String> words = words("bud", "--isolation", "chroot");
      if (!stage.hasNetwork()) {
        words.addAll(0, OFFLINE);
      }
      return daemonless(words, stage);
    }

    @Override
    List<String> save(String image, Path file) {
      return words("push", image, "oci-archive:" + file);
    }

    @Override
    List<String> remove(String image) {
      return words("rmi", image);
    }
  };

  /**
   * In a chroot there is no other way to be without a network. The loopback stays, as in a container,
   * where the machine has the means.
   */
  private static final List<String> OFFLINE =
      List.of(
          "unshare",
          "--net",
          "--",
          "/bin/sh",
          "-c",
          "PATH=\"$PATH:/usr/sbin:/sbin\" ip link set lo up 2>/dev/null; exec \"$0\" \"$@\"");

  private final String question;
  private final String what;

  Program(String question, String what) {
    this.question = question;
    this.what = what;
  }

  /** Builds a stage and all it stands on, as far as that is not in the engine's cache. */
  abstract List<String> build(Stage stage);

  /** Fetches an image that is not here yet. */
  List<String> pull(String image) {
    return words("pull", "--policy", "missing", image);
  }

  /** Writes an image to a file: a tar of an OCI layout. */
  abstract List<String> save(String image, Path file);

  abstract List<String> remove(String image);

  /** What it is called on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it builds with BuildKit, and so knows here-documents. */
  boolean isBuildKit() {
    return this == DOCKER;
  }

  /** Asks it for its version: what is wrong when it cannot be used, in one sentence. */
  public Optional<String> problem() {
    return Probe.answers(words(question.split(" ", -1)))
        ? Optional.empty()
        : Optional.of(
            ("The engine '%s' builds with %s, but '%s %s' does not run here: install it, or use the"
                    + " engine 'host', which needs cargo only.")
                .formatted(label(), what, label(), question));
  }

  List<String> words(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(label());
    words.addAll(List.of(arguments));
    return words;
  }

  private static List<String> daemonless(List<String> words, Stage stage) {
    words.addAll(List.of("--layers", "--pull=false", "--format", "oci", "--timestamp", "0"));
    words.addAll(List.of("--ignorefile", stage.box().ignored().toString()));
    words.addAll(List.of("--build-context", Dockerfile.FILES + "=" + stage.box().files()));
    switch (stage.result()) {
      case Stage.Result.Kept() -> {}
      case Stage.Result.Exported(Path folder) ->
          words.addAll(List.of("--output", "type=local,dest=" + folder));
      case Stage.Result.Tagged(String image) -> words.addAll(List.of("--tag", image));
    }
    return ended(words, stage);
  }

  private static List<String> ended(List<String> words, Stage stage) {
    words.addAll(List.of("--file", stage.box().dockerfile().toString()));
    words.addAll(List.of("--target", stage.target()));
    stage.arguments().forEach((name, value) -> words.addAll(arg(name, value)));
    words.add(stage.box().source().toString());
    return words;
  }

  private static List<String> arg(String name, String value) {
    return List.of("--build-arg", name + "=" + value);
  }
}
