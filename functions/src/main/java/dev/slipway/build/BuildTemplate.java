package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOptions.MachineType;
import com.google.cloudbuild.v1.BuildOptions.PoolOption;
import com.google.cloudbuild.v1.Source;
import com.google.cloudbuild.v1.StorageSource;
import com.google.gson.Gson;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.release.RustVersion;
import dev.slipway.release.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The build every crate goes through: {@code build-templates/} of the repository, packed into the
 * jar. What is submitted here is what {@code build-templates/submit} submits by hand.
 */
final class BuildTemplate {

  private static final Pattern COMMENT = Pattern.compile("(?m)^#.*\n");
  private static final String FOLDER = "/build-templates/";

  private final Build template;
  private final String dockerfile;
  private final Bases bases;

  private BuildTemplate(Build template, String dockerfile, Bases bases) {
    this.template = template;
    this.dockerfile = dockerfile;
    this.bases = bases;
  }

  /** The template of this jar. */
  static BuildTemplate load() {
    return of(resource("cloudbuild.yaml"), resource("Dockerfile"), resource("bases"));
  }

  /**
   * A template from the text of its three files.
   *
   * @throws IllegalArgumentException when the YAML holds a key that a Cloud Build build has not
   */
  static BuildTemplate of(String yaml, String dockerfile, String bases) {
    Object tree =
        new Load(LoadSettings.builder().setLabel("cloudbuild.yaml").build()).loadFromString(yaml);
    Build.Builder build = Build.newBuilder();
    try {
      JsonFormat.parser().merge(new Gson().toJson(tree), build);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "build-templates/cloudbuild.yaml describes no Cloud Build build: " + e.getMessage(), e);
    }
    return new BuildTemplate(
        build.build(), packed(dockerfile), Bases.parse(bases.lines().toList()));
  }

  /** The image that compiles. */
  String builder() {
    return bases.image("BUILDER");
  }

  /** The Rust it has; empty where its image's name does not say. */
  Optional<RustVersion> rust() {
    return bases.rust();
  }

  /**
   * Fills the template in.
   *
   * @param machineType as Cloud Build names it; {@code ""} for its default
   */
  Build render(BuildPlan plan, BuildSettings settings, String machineType) {
    Build.Builder build =
        template.toBuilder()
            .setSource(source(plan.order().source().archive()))
            .putAllSubstitutions(plan.substitutions())
            .putSubstitutions("_DOCKERFILE", dockerfile)
            .putSubstitutions("_DOCKER", bases.image("DOCKER"))
            .putSubstitutions("_BUILDKIT", bases.image("BUILDKIT"))
            .putSubstitutions("_BUILDER", builder())
            .putSubstitutions("_BASE_IMAGE", bases.image(plan.base()))
            .clearImages()
            .addImages(plan.image())
            .clearTags()
            .addAllTags(tags(plan))
            .setLogsBucket(settings.logs())
            .setServiceAccount(settings.serviceAccount())
            .setTimeout(Durations.fromSeconds(settings.timeout().toSeconds()));
    if (!machineType.isEmpty()) {
      build.getOptionsBuilder().setMachineType(machine(machineType));
    }
    settings
        .machines()
        .pool()
        .ifPresent(pool -> build.getOptionsBuilder().setPool(PoolOption.newBuilder().setName(pool)));
    return build.build();
  }

  private static List<String> tags(BuildPlan plan) {
    return List.of(
        CloudBuilds.TAG,
        plan.order().release().buildTag(),
        "service-" + plan.order().release().service(),
        "attempt-" + plan.order().attempt());
  }

  private static Source source(StoredObject archive) {
    return Source.newBuilder()
        .setStorageSource(
            StorageSource.newBuilder()
                .setBucket(archive.bucket())
                .setObject(archive.object())
                .setGeneration(archive.generation()))
        .build();
  }

  private static MachineType machine(String name) {
    try {
      return MachineType.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cloud Build has no machine type '%s': write it as E2_HIGHCPU_8".formatted(name), e);
    }
  }

  /**
   * Gzip in base64, without the lines that are comments: a substitution holds 4000 characters, and
   * {@code submit} packs it likewise.
   */
  private static String packed(String dockerfile) {
    String text = COMMENT.matcher(dockerfile).replaceAll("");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BestGzip gzip = new BestGzip(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("packing the Dockerfile in memory failed", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String resource(String name) {
    try (InputStream in = BuildTemplate.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the jar lacks %s%s: build it with Maven, from the repository".formatted(FOLDER, name));
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + FOLDER + name + " of the jar failed", e);
    }
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
