package dev.slipway.local.firestore;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.DocumentTransform.FieldTransform.ServerValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.NullValue;
import dev.slipway.local.server.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a field transform makes of the value that stands there. */
final class Transforms {

  private static final Value NULL =
      Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

  private Transforms() {}

  /**
   * Applies one transform to {@code fields}.
   *
   * @param time the time of the commit, in microseconds
   * @return the transform's result as the write's answer carries it
   */
  static Value apply(FieldTransform transform, Map<String, Value> fields, long time) {
    FieldPath path = FieldPath.parse(transform.getFieldPath());
    Value after = after(transform, path.in(fields), time);
    path.put(fields, after);
    return switch (transform.getTransformTypeCase()) {
      case APPEND_MISSING_ELEMENTS, REMOVE_ALL_FROM_ARRAY -> NULL;
      default -> after;
    };
  }

  private static Value after(FieldTransform transform, @Nullable Value before, long time) {
    return switch (transform.getTransformTypeCase()) {
      case SET_TO_SERVER_VALUE -> serverValue(transform.getSetToServerValue(), time);
      case INCREMENT -> increment(before, transform.getIncrement());
      case MAXIMUM -> extreme(before, transform.getMaximum(), 1);
      case MINIMUM -> extreme(before, transform.getMinimum(), -1);
      case APPEND_MISSING_ELEMENTS -> union(before, transform.getAppendMissingElements());
      case REMOVE_ALL_FROM_ARRAY -> remove(before, transform.getRemoveAllFromArray());
      case TRANSFORMTYPE_NOT_SET ->
          throw Calls.invalid("Field \"" + transform.getFieldPath() + "\" has no transform.");
    };
  }

  /** The request's time has millisecond precision. */
  private static Value serverValue(ServerValue kind, long time) {
    if (kind != ServerValue.REQUEST_TIME) {
      throw Calls.invalid("Unknown server value " + kind + ".");
    }
    return Value.newBuilder()
        .setTimestampValue(Times.timestamp(Math.floorDiv(time, 1000L) * 1000))
        .build();
  }

  private static Value increment(@Nullable Value before, Value by) {
    requireNumber(by);
    if (before == null || !ValueOrder.isNumber(before)) {
      return by;
    }
    Value.Builder sum = Value.newBuilder();
    return before.hasIntegerValue() && by.hasIntegerValue()
        ? sum.setIntegerValue(saturated(before.getIntegerValue(), by.getIntegerValue())).build()
        : sum.setDoubleValue(number(before) + number(by)).build();
  }

  private static long saturated(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    return !overflow ? sum : a > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** Of equals the stored one stays; NaN beats every number either way. */
  private static Value extreme(@Nullable Value before, Value operand, int direction) {
    requireNumber(operand);
    if (before == null || !ValueOrder.isNumber(before) || ValueOrder.isNan(operand)) {
      return operand;
    }
    boolean moves = ValueOrder.numbers(operand, before) * direction > 0;
    return moves && !ValueOrder.isNan(before) ? operand : before;
  }

  private static void requireNumber(Value operand) {
    if (!ValueOrder.isNumber(operand)) {
      throw Calls.invalid("The operand of a numeric transform must be an integer or a double.");
    }
  }

  private static Value union(@Nullable Value before, ArrayValue elements) {
    List<Value> values = new ArrayList<>(elements(before));
    for (Value element : elements.getValuesList()) {
      if (values.stream().noneMatch(value -> ValueOrder.same(value, element))) {
        values.add(element);
      }
    }
    return array(values);
  }

  private static Value remove(@Nullable Value before, ArrayValue elements) {
    List<Value> values = new ArrayList<>(elements(before));
    values.removeIf(
        value ->
            elements.getValuesList().stream().anyMatch(gone -> ValueOrder.same(value, gone)));
    return array(values);
  }

  private static List<Value> elements(@Nullable Value value) {
    return value == null ? List.of() : value.getArrayValue().getValuesList();
  }

  private static Value array(List<Value> values) {
    return Value.newBuilder()
        .setArrayValue(ArrayValue.newBuilder().addAllValues(values))
        .build();
  }

  private static double number(Value value) {
    return value.hasIntegerValue() ? value.getIntegerValue() : value.getDoubleValue();
  }
}
