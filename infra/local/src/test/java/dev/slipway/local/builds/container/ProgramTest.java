package dev.slipway.local.builds.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.builds.container.Stage.Box;
import dev.slipway.local.builds.container.Stage.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ProgramTest {

  private static final Map<String, String> ARGUMENTS =
      new TreeMap<>(Map.of("BIN", "hello", "RUSTFLAGS", "-C target-feature=+crt-static"));

  @Test
  void dockerBuildsThroughBuildxAsTheBuildTemplateDoes() {
    assertThat(Program.DOCKER.build(stage("cooked", new Result.Kept())))
        .containsExactly(
            "docker", "buildx", "build", "--progress", "plain", "--provenance=false",
            "--build-arg", "SOURCE_DATE_EPOCH=0", "--file", "/box/Dockerfile", "--target", "cooked",
            "--build-arg", "BIN=hello", "--build-arg", "RUSTFLAGS=-C target-feature=+crt-static",
            "/box/workspace");
    assertThat(Program.DOCKER.build(stage("report", new Result.Exported(Path.of("/out")))))
        .containsSequence("--output", "type=local,dest=/out");
    assertThat(Program.DOCKER.build(stage("runtime", new Result.Tagged("slipway/1"))))
        .containsSequence("--output", "type=docker,name=slipway/1");
  }

  @Test
  void buildahBuildsInAChrootAndIsGivenTheHereDocumentsAsFiles() {
    assertThat(Program.BUILDAH.build(stage("runtime", new Result.Tagged("slipway/1"))))
        .containsExactly(
            "unshare", "--net", "--", "/bin/sh", "-c",
            "PATH=\"$PATH:/usr/sbin:/sbin\" ip link set lo up 2>/dev/null; exec \"$0\" \"$@\"",
            "buildah", "bud", "--isolation", "chroot", "--layers",
            "--pull=false", "--format", "oci", "--timestamp", "0", "--ignorefile", "/box/Dockerfile.dockerignore", "--build-context",
            "slipway-files=/box/files", "--tag", "slipway/1", "--file", "/box/Dockerfile",
            "--target", "runtime", "--build-arg", "BIN=hello", "--build-arg",
            "RUSTFLAGS=-C target-feature=+crt-static", "/box/workspace");
  }

  @Test
  void podmanBuildsLikeBuildahButIsolatesAsItIsSetUpTo() {
    assertThat(Program.PODMAN.build(stage("fetched", new Result.Kept())))
        .startsWith("podman", "build", "--layers")
        .doesNotContain("--isolation", "--tag", "--network");
    assertThat(Program.PODMAN.build(stage("cooked", new Result.Kept())))
        .startsWith("podman", "build", "--network", "none", "--layers");
    assertThat(Program.BUILDAH.build(stage("fetched", new Result.Kept())))
        .as("only this stage has a network")
        .startsWith("buildah", "bud");
  }

  @Test
  void everyEngineWritesTheImageAsAnOciLayout() {
    Path file = Path.of("/box/image.tar");

    assertThat(Program.DOCKER.save("i", file))
        .containsExactly("docker", "image", "save", "--output", "/box/image.tar", "i");
    assertThat(Program.PODMAN.save("i", file)).containsSequence("--format", "oci-archive");
    assertThat(Program.BUILDAH.save("i", file))
        .containsExactly("buildah", "push", "i", "oci-archive:/box/image.tar");
  }

  private static Stage stage(String target, Result result) {
    return new Stage(target, "step", new Box(Path.of("/box")), ARGUMENTS, result);
  }
}
