package dev.slipway.cli.doctor;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import dev.slipway.Settings;
import dev.slipway.cli.doctor.Rest.Question;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.cli.laptop.LaptopSetup;
import dev.slipway.local.LaptopCloud;
import dev.slipway.local.server.Endpoints;
import dev.slipway.local.server.Ports;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at this machine, and at the laptop cloud that runs with its state in one folder. */
final class LaptopDoctor {

  private static final String CLOUD = "laptop cloud";

  private final Rest rest;
  private final Programs programs;

  LaptopDoctor(Rest rest, Programs programs) {
    this.rest = rest;
    this.programs = programs;
  }

  List<Check> examine(Path folder) {
    List<Check> checks =
        new ArrayList<>(new Machine(programs).all(Runtime.version(), folder(folder)));
    Optional<Endpoints> last = LaptopCloud.endpointsOf(folder);
    if (!Laptop.isRunning(folder)) {
      checks.add(ports(folder, last));
      checks.add(Check.skipped(CLOUD, "none is running with its state in " + folder, Laptop.up(folder)));
      return checks;
    }
    checks.addAll(cloud(folder, last.orElseThrow()));
    return checks;
  }

  private static Machine.Folder folder(Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      return new Machine.Folder(folder.toString(), false, 0);
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      return new Machine.Folder(folder.toString(), Files.isWritable(there) && Files.isDirectory(there), free);
    } catch (IOException e) {
      return new Machine.Folder(folder.toString(), false, 0);
    }
  }

  private static Check ports(Path folder, Optional<Endpoints> last) {
    List<Integer> taken =
        last.stream()
            .flatMap(e -> List.of(e.grpcPort(), e.httpPort()).stream())
            .filter(port -> !Ports.isFree(port))
            .toList();
    return taken.isEmpty()
        ? Check.ok("ports", last.map(e -> "those of last time are free").orElse("any free ones are taken"))
        : Check.warn(
            "ports",
            "something else listens on %s: the cloud will have others".formatted(taken),
            Laptop.up(folder) + " says where it is");
  }

  private List<Check> cloud(Path folder, Endpoints at) {
    Map<String, String> settings = LaptopSetup.environment(at, "{}");
    List<Question> questions = new ArrayList<>();
    for (String bucket : List.of(Settings.UPLOAD_BUCKET, Settings.SOURCE_BUCKET)) {
      String id = String.valueOf(settings.get(bucket));
      questions.add(
          answers("bucket " + id, Request.get(at.http() + "/storage/v1/b/" + id), "there"));
    }
    questions.add(
        answers("console", Request.get(LaptopSetup.page(at) + "api/services"), LaptopSetup.page(at)));
    questions.add(
        Question.of(
            "Slack's token",
            Request.post(settings.get(Settings.SLACK_API) + "auth.test", "")
                .showing(Optional.ofNullable(settings.get(Settings.SLACK_TOKEN))),
            Secrets::slack));
    List<Check> checks = new ArrayList<>();
    checks.add(Check.ok(CLOUD, "runs at " + at.http() + ", gRPC at " + at.grpc()));
    checks.add(topics(folder, at));
    checks.addAll(Examination.of(questions, rest));
    return checks;
  }

  private static Question answers(String name, Request request, String found) {
    return Question.of(
        name,
        request,
        answer ->
            Refusals.judge(
                name, answer.isGood(), found, answer.error(), "look into the output of slipway up"));
  }

  private static Check topics(Path folder, Endpoints at) {
    Set<String> missing = new TreeSet<>(LaptopSetup.topics());
    ManagedChannel channel = ManagedChannelBuilder.forTarget(at.grpc()).usePlaintext().build();
    try (TopicAdminClient topics =
        TopicAdminClient.create(
            TopicAdminSettings.newBuilder()
                .setTransportChannelProvider(
                    FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build())) {
      topics
          .listTopics("projects/" + LaptopCloud.PROJECT)
          .iterateAll()
          .forEach(topic -> missing.remove(topic.getName().replaceAll(".*/", "")));
    } catch (IOException | ApiException e) {
      return Check.fail("topics", "they could not be listed: " + e.getMessage(), Laptop.up(folder));
    } finally {
      channel.shutdownNow();
    }
    return Refusals.judge(
        "topics",
        missing.isEmpty(),
        String.join(", ", LaptopSetup.topics()),
        "missing: " + String.join(", ", missing),
        "stop the cloud and start it again: " + Laptop.up(folder));
  }
}
