package dev.slipway.local.pubsub;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import dev.slipway.local.server.Calls;
import java.util.Set;

/** Update masks. */
final class Masks {

  private static final FieldMaskUtil.MergeOptions REPLACE =
      new FieldMaskUtil.MergeOptions()
          .setReplaceMessageFields(true)
          .setReplacePrimitiveFields(true)
          .setReplaceRepeatedFields(true);

  private Masks() {}

  /**
   * Copies the masked fields of {@code update} over those of {@code target}; a field that {@code
   * update} lacks is cleared.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT for an empty mask, an unknown field, or
   *     one whose first part is not in {@code mutable}
   */
  static void apply(FieldMask mask, Message update, Message.Builder target, Set<String> mutable) {
    String kind = update.getDescriptorForType().getName();
    if (mask.getPathsCount() == 0) {
      throw Calls.invalid(
          ("The update_mask in the Update%sRequest must be set, and must contain a"
              + " non-empty paths list.")
              .formatted(kind));
    }
    for (String path : mask.getPathsList()) {
      if (!FieldMaskUtil.isValid(update.getDescriptorForType(), path)) {
        throw Calls.invalid(
            "Invalid update_mask provided in the Update%sRequest: %s is not a known %s field."
                .formatted(kind, path, kind));
      }
      if (!mutable.contains(root(path))) {
        throw Calls.invalid(
            ("Invalid update_mask provided in the Update%sRequest: the %s field in the %s is"
                + " not mutable.")
                .formatted(kind, path, kind));
      }
    }
    FieldMaskUtil.merge(mask, update, target, REPLACE);
  }

  private static String root(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }
}
