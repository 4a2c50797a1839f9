package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Every build there is, in the order of submission. A change is stored, then shown in the build's
 * operation, then published.
 */
final class Builds {

  private static final Logger LOG = System.getLogger(Builds.class.getName());
  private static final Set<Build.Status> OVER =
      Set.of(
          Build.Status.SUCCESS,
          Build.Status.FAILURE,
          Build.Status.INTERNAL_ERROR,
          Build.Status.TIMEOUT,
          Build.Status.CANCELLED,
          Build.Status.EXPIRED);

  private final State state;
  private final Operations operations;
  private final BuildMessages messages;

  /** By number, 16 digits: keys in order are builds in order of submission. */
  private final MVMap<String, byte[]> builds;

  private final MVMap<String, byte[]> numbers;

  Builds(State state, Operations operations, BuildMessages messages) {
    this.state = state;
    this.operations = operations;
    this.messages = messages;
    builds = state.map("builds.build");
    numbers = state.map("builds.number");
  }

  static boolean isOver(Build build) {
    return OVER.contains(build.getStatus());
  }

  /** Takes in a new build. */
  synchronized void add(Build build) {
    @Nullable String last = builds.lastKey();
    String number = "%016d".formatted(last == null ? 1 : Long.parseLong(last) + 1);
    numbers.put(build.getId(), number.getBytes(StandardCharsets.UTF_8));
    builds.put(number, build.toByteArray());
    operations.begin(BuildName.of(build.getName(), "", "").operation(), metadata(build));
    state.commit();
    publish(build);
  }

  /** Records that a build changed its status. */
  synchronized void change(Build build) {
    builds.put(number(build.getId()).orElseThrow(), build.toByteArray());
    state.commit();
    showInOperation(build);
    publish(build);
  }

  private void showInOperation(Build build) {
    String operation = BuildName.of(build.getName(), "", "").operation();
    try {
      operations.progress(operation, metadata(build));
      if (build.getStatus() == Build.Status.SUCCESS) {
        operations.succeed(operation, build);
      } else if (isOver(build)) {
        operations.fail(operation, failure(build));
      }
    } catch (StatusRuntimeException deleted) {
      LOG.log(Level.DEBUG, () -> "the operation of build " + build.getId() + " was deleted");
    }
  }

  private static Status failure(Build build) {
    return switch (build.getStatus()) {
      case CANCELLED -> Status.CANCELLED.withDescription("Build cancelled");
      case TIMEOUT -> Status.DEADLINE_EXCEEDED.withDescription("Build timed out");
      case EXPIRED -> Status.DEADLINE_EXCEEDED.withDescription("Build expired in the queue");
      case INTERNAL_ERROR -> Status.INTERNAL.withDescription(build.getStatusDetail());
      default ->
          Status.UNKNOWN.withDescription("Build failed; check build logs for details");
    };
  }

  private void publish(Build build) {
    try {
      messages.publish(
          Map.of("buildId", build.getId(), "status", build.getStatus().name()),
          JsonFormat.printer().print(build).getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException | InvalidProtocolBufferException e) {
      LOG.log(
          Level.WARNING,
          "tried to publish build %s as %s but failed; it stands in the API"
              .formatted(build.getId(), build.getStatus()),
          e);
    }
  }

  static BuildOperationMetadata metadata(Build build) {
    return BuildOperationMetadata.newBuilder().setBuild(build).build();
  }

  /** The build of that id, whatever its project and location. */
  Optional<Build> find(String id) {
    return number(id).map(this::read);
  }

  /** The build of that name; NOT_FOUND as Google says it. */
  Build get(BuildName name) {
    return find(name.id())
        .filter(build -> BuildName.of(build.getName(), "", "").equals(name))
        .orElseThrow(() -> Calls.notFound(name.toString()));
  }

  /** All builds, the newest first. */
  Stream<Build> newestFirst() {
    return stream(builds.keyIteratorReverse(null));
  }

  /** All builds, the oldest first. */
  Stream<Build> oldestFirst() {
    return stream(builds.keyIterator(null));
  }

  private Stream<Build> stream(Iterator<String> keys) {
    Iterable<String> each = () -> keys;
    return StreamSupport.stream(each.spliterator(), false).map(this::read);
  }

  private Optional<String> number(String id) {
    return Optional.ofNullable(numbers.get(id)).map(b -> new String(b, StandardCharsets.UTF_8));
  }

  private Build read(String number) {
    byte @Nullable [] bytes = builds.get(number);
    if (bytes == null) {
      throw new IllegalStateException("build number " + number + " is missing");
    }
    try {
      return Build.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("build number " + number + " is damaged", e);
    }
  }
}
