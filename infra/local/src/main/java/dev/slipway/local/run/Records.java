package dev.slipway.local.run;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** Reads messages out of a map of their bytes by full name. */
final class Records {

  private Records() {}

  /** Those whose name begins with {@code prefix}, by name. */
  static <T> List<T> below(MVMap<String, byte[]> map, String prefix, Parser<T> parser) {
    List<T> found = new ArrayList<>();
    for (var keys = map.keyIterator(prefix.isEmpty() ? null : prefix); keys.hasNext(); ) {
      String key = keys.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      T value = read(map.get(key), parser);
      if (value != null) {
        found.add(value);
      }
    }
    return found;
  }

  static <T> @Nullable T read(byte @Nullable [] bytes, Parser<T> parser) {
    if (bytes == null) {
      return null;
    }
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a Cloud Run record in the state folder is damaged", e);
    }
  }
}
