package dev.slipway.local.builds.container;

import java.nio.file.Path;
import java.util.Map;

/**
 * One stage of the Dockerfile to be built.
 *
 * @param target the stage
 * @param step the build step that does this on Cloud Build
 * @param box the folders of the build
 * @param arguments its build arguments
 * @param result where what comes of it goes
 */
record Stage(
    String target, String step, Box box, Map<String, String> arguments, Result result) {

  /** The one stage with a network; no code of the crate or of its dependencies runs in it. */
  static final String FETCHED = "fetched";

  boolean hasNetwork() {
    return target.equals(FETCHED);
  }

  /** Where what comes of a stage goes. */
  sealed interface Result {
    /** Into the engine's cache only. */
    record Kept() implements Result {}

    /** Its files into a folder. */
    record Exported(Path folder) implements Result {}

    /** Into the engine's images under a name. */
    record Tagged(String image) implements Result {}
  }

  /**
   * The folders of one build.
   *
   * @param root deleted with the build
   */
  record Box(Path root) {

    Path source() {
      return root.resolve("workspace");
    }

    Path report() {
      return root.resolve("report");
    }

    Path files() {
      return root.resolve("files");
    }

    Path dockerfile() {
      return root.resolve("Dockerfile");
    }

    /** BuildKit looks for it beside the Dockerfile by this name; buildah is told. */
    Path ignored() {
      return root.resolve("Dockerfile.dockerignore");
    }

    Path image() {
      return root.resolve("image.tar");
    }
  }
}
