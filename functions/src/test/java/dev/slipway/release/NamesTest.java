package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names of services, uploads and releases, and traffic splits. */
final class NamesTest {

  @Test
  void aReleaseIsNamedByItsServiceAndItsUpload() {
    // printf %s 'uploads/hello.crate#42' | sha256sum
    Upload upload = new Upload("uploads", "hello.crate", 42);

    ReleaseId id = ReleaseId.of(new ServiceName("hello"), upload);

    assertThat(upload).hasToString("uploads/hello.crate#42");
    assertThat(id).hasToString("hello-685343a74c8b");
    assertThat(id.revision()).isEqualTo("hello-685343a74c8b");
    assertThat(id.buildTag()).isEqualTo("release-hello-685343a74c8b");
  }

  @Test
  void anotherGenerationBucketOrObjectIsAnotherRelease() {
    Upload upload = new Upload("b", "o", 1);

    assertThat(
            List.of(new Upload("b", "o", 2), new Upload("c", "o", 1), new Upload("b", "p", 1)))
        .allSatisfy(other -> assertThat(other.key()).isNotEqualTo(upload.key()));
    assertThat(new Upload("b", "o", 1).key()).isEqualTo(upload.key());
  }

  @Test
  void whatAReleaseIdPrintsItReads() {
    ReleaseId id = ReleaseId.of(new ServiceName("a-b-c9"), Samples.UPLOAD);

    assertThat(ReleaseId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void whatIsNoReleaseIdIsRefused() {
    for (String text :
        List.of(
            "",
            "hello",
            "-0123456789ab",
            "hello-",
            "hello-0123456789a",
            "hello-0123456789abc",
            "hello-0123456789AB",
            "Hello-0123456789ab",
            "hello/../x-0123456789ab",
            "hello-0123456789ab\n")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> ReleaseId.parse(text));
    }
  }

  @Test
  void aServiceNameLeavesRoomForTheTag() {
    String longest = "a".repeat(ServiceName.MAX_LENGTH);

    assertThat(ServiceName.isLegal(longest)).isTrue();
    assertThat((longest + ServiceName.TAG).length()).isEqualTo(46);
    assertThat(ServiceName.isLegal(longest + "a")).isFalse();
  }

  @Test
  void aServiceNameIsWhatCloudRunTakes() {
    assertThat(List.of("a", "a1", "a-b", "hello-world-2")).allMatch(ServiceName::isLegal);
    assertThat(List.of("", "1a", "-a", "a-", "A", "a_b", "a.b", "a b", "ä", "a\n"))
        .noneMatch(ServiceName::isLegal);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceName("No Good"))
        .withMessageContaining("'No Good'");
  }

  @Test
  void theNearestNameIsAlwaysLegal() {
    Map.of(
            "My Crate_1.0", "my-crate-1-0",
            "../../etc/passwd", "etc-passwd",
            "42-answer", "answer",
            "", "upload",
            "☃☃", "upload",
            "-a-", "a",
            "x".repeat(36) + "-y-z", "x".repeat(36),
            "b".repeat(300), "b".repeat(ServiceName.MAX_LENGTH))
        .forEach(
            (text, name) ->
                assertThat(ServiceName.nearest(text)).as(text).hasToString(name));
  }

  @Test
  void anUploadNamesAnObjectAndItsGeneration() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Upload("", "o", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Upload("b", "", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Upload("b", "o", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Upload("b", "o", -1));
  }

  @Test
  void trafficAddsUpToAHundred() {
    assertThat(Traffic.canary("old", "new", 0, 1).shares())
        .containsExactly(new Traffic.Share("old", 100));
    assertThat(Traffic.canary("old", "new", 10, 1))
        .isEqualTo(
            new Traffic(
                List.of(new Traffic.Share("old", 90), new Traffic.Share("new", 10)),
                Optional.of("new"),
                1));
    assertThat(Traffic.all("new", 2))
        .isEqualTo(new Traffic(List.of(new Traffic.Share("new", 100)), Optional.empty(), 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Traffic(List.of(new Traffic.Share("a", 99)), Optional.empty(), 1))
        .withMessageContaining("99");
    assertThatIllegalArgumentException().isThrownBy(() -> new Traffic.Share("a", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Traffic.Share("a", 101));
  }

  @Test
  void aSplitIsRecognisedWhateverItsOrderAndItsTags() {
    ServiceState service =
        new ServiceState(
            "hello",
            "http://hello",
            "etag",
            true,
            List.of(target("new", 10, "candidate"), target("old", 60, ""), target("old", 30, "x")),
            List.of(target("kept", 0, "theirs"), target("old", 100, "")),
            1,
            Optional.empty());

    assertThat(Traffic.canary("old", "new", 10, 9).isAskedOf(service)).isTrue();
    assertThat(Traffic.canary("old", "new", 10, 9).isServedBy(service)).isFalse();
    assertThat(Traffic.all("old", 9).isServedBy(service)).isTrue();
    assertThat(service.baseline()).contains("old");
  }

  private static ServiceState.Target target(String revision, int percent, String tag) {
    return new ServiceState.Target(
        revision, percent, Optional.of(tag).filter(t -> !t.isEmpty()), Optional.empty());
  }
}
