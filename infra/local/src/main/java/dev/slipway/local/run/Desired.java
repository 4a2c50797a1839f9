package dev.slipway.local.run;

import com.google.cloud.run.v2.Service;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import dev.slipway.local.server.Calls;
import java.util.List;

/** What the user wants of a service, as opposed to what Cloud Run says about it. */
final class Desired {

  private static final List<String> FIELDS =
      List.of(
          "description",
          "labels",
          "annotations",
          "client",
          "client_version",
          "ingress",
          "launch_stage",
          "binary_authorization",
          "template",
          "traffic",
          "scaling",
          "invoker_iam_disabled",
          "default_uri_disabled",
          "custom_audiences",
          "build_config",
          "iap_enabled",
          "multi_region_settings");

  private static final FieldMask ALL = FieldMask.newBuilder().addAllPaths(FIELDS).build();

  private Desired() {}

  /**
   * {@code current} with the fields of {@code wanted} that {@code mask} names put in; an empty mask
   * or {@code *} names all a user may set, and those a user may not set are left alone.
   */
  static Service merge(Service current, Service wanted, FieldMask mask) {
    FieldMask paths = mask.getPathsCount() == 0 || mask.getPathsList().contains("*") ? ALL : mask;
    if (!FieldMaskUtil.isValid(Service.class, paths)) {
      throw Calls.invalid(
          "Invalid field mask: %s.".formatted(String.join(",", paths.getPathsList())));
    }
    Service.Builder merged = current.toBuilder();
    FieldMaskUtil.merge(
        FieldMaskUtil.intersection(paths, ALL),
        wanted,
        merged,
        new FieldMaskUtil.MergeOptions()
            .setReplaceMessageFields(true)
            .setReplacePrimitiveFields(true)
            .setReplaceRepeatedFields(true));
    return merged.build();
  }

  /** Whether two services differ in nothing a user sets. */
  static boolean same(Service one, Service other) {
    Service none = Service.getDefaultInstance();
    return merge(none, one, ALL).equals(merge(none, other, ALL));
  }
}
