package dev.slipway.local.firestore;

import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import dev.slipway.local.server.Calls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A path to a field: {@code a.b.c}, a segment that is no plain word in backticks. */
record FieldPath(List<String> segments) implements Comparable<FieldPath> {

  /** The document's own name, which queries treat as a field. */
  static final FieldPath NAME = new FieldPath(List.of("__name__"));

  private static final String PLAIN = "[a-zA-Z_][a-zA-Z_0-9]*";
  private static final Pattern SEGMENT =
      Pattern.compile("(" + PLAIN + ")|`((?:[^`\\\\]|\\\\.)+)`", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile(PLAIN);

  /**
   * Reads the wire's form.
   *
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
   */
  static FieldPath parse(String text) {
    List<String> segments = new ArrayList<>();
    Matcher matcher = SEGMENT.matcher(text);
    int at = 0;
    while (matcher.find(at) && matcher.start() == at) {
      String plain = matcher.group(1);
      segments.add(plain != null ? plain : matcher.group(2).replaceAll("\\\\(.)", "$1"));
      at = matcher.end();
      if (at == text.length()) {
        return new FieldPath(List.copyOf(segments));
      }
      if (text.charAt(at) != '.') {
        break;
      }
      at++;
    }
    throw Calls.invalid("Invalid property path \"" + text + "\".");
  }

  boolean isName() {
    return equals(NAME);
  }

  /** The value there, or null where there is none. */
  @Nullable Value in(Map<String, Value> fields) {
    Map<String, Value> at = fields;
    for (String segment : segments.subList(0, segments.size() - 1)) {
      Value inner = at.get(segment);
      if (inner == null || !inner.hasMapValue()) {
        return null;
      }
      at = inner.getMapValue().getFieldsMap();
    }
    return at.get(segments.getLast());
  }

  /** Puts a value there, making maps on the way; null takes the field away. */
  void put(Map<String, Value> fields, @Nullable Value value) {
    put(fields, segments, value);
  }

  private static void put(Map<String, Value> fields, List<String> path, @Nullable Value value) {
    String head = path.getFirst();
    if (path.size() == 1) {
      if (value == null) {
        fields.remove(head);
      } else {
        fields.put(head, value);
      }
      return;
    }
    Value child = fields.get(head);
    boolean map = child != null && child.hasMapValue();
    if (!map && value == null) {
      return;
    }
    Map<String, Value> inner =
        child != null && map ? new HashMap<>(child.getMapValue().getFieldsMap()) : new HashMap<>();
    put(inner, path.subList(1, path.size()), value);
    fields.put(
        head, Value.newBuilder().setMapValue(MapValue.newBuilder().putAllFields(inner)).build());
  }

  @Override
  public int compareTo(FieldPath other) {
    for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
      int order = Utf8.compare(segments.get(i), other.segments.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(segments.size(), other.segments.size());
  }

  @Override
  public String toString() {
    return segments.stream()
        .map(
            segment ->
                WORD.matcher(segment).matches()
                    ? segment
                    : "`" + segment.replace("\\", "\\\\").replace("`", "\\`") + "`")
        .collect(Collectors.joining("."));
  }
}
