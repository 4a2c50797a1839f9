package dev.slipway.local.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloudbuild.v1.Build;
import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {

  private static final Build BUILD =
      Build.newBuilder()
          .setId("b1")
          .setStatus(Build.Status.SUCCESS)
          .addTags("slipway")
          .addTags("release-a.b")
          .putSubstitutions("_SERVICE", "hello")
          .setCreateTime(Timestamps.fromSeconds(1_767_225_600)) // 2026-01-01T00:00:00Z
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tags=slipway",
        "tags = \"release-a.b\"",
        "status=SUCCESS tags=slipway",
        "status=FAILURE OR status=\"SUCCESS\"",
        "(status=FAILURE OR status=SUCCESS) AND build_id=b1",
        "NOT tags=other",
        "-tags=other",
        "status!=FAILURE",
        "substitutions._SERVICE=hello",
        "create_time>=\"2026-01-01T00:00:00Z\" AND create_time<\"2026-01-01T00:00:01Z\"",
        "create_time>2025-12-31T23:59:59Z"
      })
  void theBuildIsListed(String filter) {
    assertThat(Filter.parse(filter).test(BUILD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tags=slip",
        "tags=slipway AND status=FAILURE",
        "NOT (tags=slipway)",
        "build_id=b2",
        "substitutions._SERVICE=other",
        "create_time<\"2026-01-01T00:00:00Z\""
      })
  void theBuildIsNotListed(String filter) {
    assertThat(Filter.parse(filter).test(BUILD)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tags", "tags=", "=x", "(tags=x", "tags=x)", "tags<x", "colour=x", "create_time>x"})
  void aMalformedFilterIsRefused(String filter) {
    assertThatThrownBy(() -> Filter.parse(filter).test(BUILD))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT");
  }
}
