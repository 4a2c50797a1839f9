package dev.slipway.local.firestore;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Google's order of values across types: null, booleans, numbers (NaN first), timestamps, strings,
 * bytes, references, points, arrays, vectors, maps. Integers and doubles compare by number.
 */
final class ValueOrder implements Comparator<Value> {

  static final ValueOrder INSTANCE = new ValueOrder();

  private static final String TYPE = "__type__";
  private static final Comparator<Timestamp> TIMES =
      Comparator.comparingLong(Timestamp::getSeconds).thenComparingInt(Timestamp::getNanos);
  private static final Comparator<LatLng> POINTS =
      Comparator.comparingDouble(LatLng::getLatitude).thenComparingDouble(LatLng::getLongitude);

  private ValueOrder() {}

  /** The rank of a value's type: only values of equal rank are within each other's ranges. */
  static int rank(Value value) {
    return switch (value.getValueTypeCase()) {
      case NULL_VALUE -> 0;
      case BOOLEAN_VALUE -> 1;
      case INTEGER_VALUE, DOUBLE_VALUE -> 2;
      case TIMESTAMP_VALUE -> 3;
      case STRING_VALUE -> 4;
      case BYTES_VALUE -> 5;
      case REFERENCE_VALUE -> 6;
      case GEO_POINT_VALUE -> 7;
      case ARRAY_VALUE -> 8;
      case MAP_VALUE -> isVector(value) ? 9 : 10;
      default -> 11;
    };
  }

  /** Whether both are the same to a query: 1 equals 1.0, NaN equals NaN. */
  static boolean same(Value left, Value right) {
    return INSTANCE.compare(left, right) == 0;
  }

  static boolean isNumber(Value value) {
    return value.hasIntegerValue() || value.hasDoubleValue();
  }

  static boolean isNan(Value value) {
    return value.hasDoubleValue() && Double.isNaN(value.getDoubleValue());
  }

  @Override
  public int compare(Value left, Value right) {
    int rank = rank(left);
    int byRank = Integer.compare(rank, rank(right));
    if (byRank != 0) {
      return byRank;
    }
    return switch (left.getValueTypeCase()) {
      case BOOLEAN_VALUE -> Boolean.compare(left.getBooleanValue(), right.getBooleanValue());
      case INTEGER_VALUE, DOUBLE_VALUE -> numbers(left, right);
      case TIMESTAMP_VALUE -> TIMES.compare(left.getTimestampValue(), right.getTimestampValue());
      case STRING_VALUE -> Utf8.compare(left.getStringValue(), right.getStringValue());
      case BYTES_VALUE -> bytes(left.getBytesValue(), right.getBytesValue());
      case REFERENCE_VALUE ->
          DocumentName.comparePaths(left.getReferenceValue(), right.getReferenceValue());
      case GEO_POINT_VALUE -> POINTS.compare(left.getGeoPointValue(), right.getGeoPointValue());
      case ARRAY_VALUE -> arrays(left.getArrayValue(), right.getArrayValue());
      case MAP_VALUE ->
          isVector(left)
              ? vectors(left.getMapValue(), right.getMapValue())
              : maps(left.getMapValue(), right.getMapValue());
      default -> 0;
    };
  }

  private static boolean isVector(Value value) {
    Value type = value.getMapValue().getFieldsMap().get(TYPE);
    return type != null && type.getStringValue().equals("__vector__");
  }

  static int numbers(Value left, Value right) {
    if (left.hasIntegerValue()) {
      return right.hasIntegerValue()
          ? Long.compare(left.getIntegerValue(), right.getIntegerValue())
          : mixed(left.getIntegerValue(), right.getDoubleValue());
    }
    return right.hasIntegerValue()
        ? -mixed(right.getIntegerValue(), left.getDoubleValue())
        : doubles(left.getDoubleValue(), right.getDoubleValue());
  }

  private static int doubles(double left, double right) {
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Boolean.compare(!Double.isNaN(left), !Double.isNaN(right));
    }
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** Exact where a conversion to double would round. */
  private static int mixed(long left, double right) {
    if (Double.isNaN(right) || right < Long.MIN_VALUE) {
      return 1;
    }
    if (right >= 0x1p63) {
      return -1;
    }
    long whole = (long) right;
    return left != whole ? Long.compare(left, whole) : doubles(0, right - whole);
  }

  private static int bytes(ByteString left, ByteString right) {
    return ByteString.unsignedLexicographicalComparator().compare(left, right);
  }

  private int arrays(ArrayValue left, ArrayValue right) {
    List<Value> a = left.getValuesList();
    List<Value> b = right.getValuesList();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private int vectors(MapValue left, MapValue right) {
    ArrayValue a = left.getFieldsOrDefault("value", Value.getDefaultInstance()).getArrayValue();
    ArrayValue b = right.getFieldsOrDefault("value", Value.getDefaultInstance()).getArrayValue();
    int byDimension = Integer.compare(a.getValuesCount(), b.getValuesCount());
    return byDimension != 0 ? byDimension : arrays(a, b);
  }

  private int maps(MapValue left, MapValue right) {
    Iterator<Map.Entry<String, Value>> a = sorted(left).iterator();
    Iterator<Map.Entry<String, Value>> b = sorted(right).iterator();
    while (a.hasNext() && b.hasNext()) {
      Map.Entry<String, Value> first = a.next();
      Map.Entry<String, Value> second = b.next();
      int byKey = Utf8.compare(first.getKey(), second.getKey());
      int order = byKey != 0 ? byKey : compare(first.getValue(), second.getValue());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(a.hasNext(), b.hasNext());
  }

  private static Iterable<Map.Entry<String, Value>> sorted(MapValue map) {
    Map<String, Value> sorted = new TreeMap<>(Utf8.ORDER);
    sorted.putAll(map.getFieldsMap());
    return sorted.entrySet();
  }
}
