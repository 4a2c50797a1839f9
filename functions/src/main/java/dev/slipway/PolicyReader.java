package dev.slipway;

import dev.slipway.release.Fields;
import dev.slipway.release.Setting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a record from fields, component by component, as its {@link Setting}s say; what is left out
 * is as in the record's {@code DEFAULT}.
 *
 * <p>What is wrong with a value is a finding of its fields; what is wrong with the values of one
 * record together, its constructor says, and that is a finding too.
 */
final class PolicyReader {

  private PolicyReader() {}

  /** Reads a whole record; with findings, what it returns is not to be used. */
  static <T extends Record> T read(Fields fields, Class<T> type) {
    return read(fields, type, defaultOf(type));
  }

  private static <T extends Record> T read(Fields fields, Class<T> type, T defaults) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(fields, components[i], Records.value(components[i], defaults));
    }
    if (!fields.isSound()) {
      return defaults;
    }
    try {
      return Records.make(type, values);
    } catch (IllegalArgumentException e) {
      fields.reject("", String.valueOf(e.getMessage()));
      return defaults;
    }
  }

  static <T extends Record> T defaultOf(Class<T> type) {
    try {
      return type.cast(type.getField("DEFAULT").get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must have a public DEFAULT", e);
    }
  }

  private static Object value(Fields fields, RecordComponent component, Object otherwise) {
    Setting setting = Records.setting(component);
    String key = component.getName();
    Class<?> raw = component.getType();
    if (raw.isRecord()) {
      return section(fields, key, setting, otherwise);
    }
    if (raw == List.class) {
      Optional<List<?>> read = list(fields, key, setting, argument(component));
      return read.isPresent() ? read.get() : otherwise;
    }
    if (raw == Optional.class) {
      Optional<?> read = scalar(fields, key, setting, (Class<?>) argument(component));
      return read.isPresent() ? read : otherwise;
    }
    Optional<?> read = scalar(fields, key, setting, raw);
    return read.isPresent() ? read.get() : otherwise;
  }

  private static Object section(Fields fields, String key, Setting setting, Object otherwise) {
    Record defaults = (Record) otherwise;
    if (setting.inline()) {
      return sectionOf(fields, defaults);
    }
    Optional<Fields> table = fields.table(key);
    return table.isPresent() ? sectionOf(table.get(), defaults) : defaults;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> T sectionOf(Fields fields, T defaults) {
    return read(fields, (Class<T>) defaults.getClass(), defaults);
  }

  private static Type argument(RecordComponent component) {
    return ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
  }

  private static Optional<?> scalar(Fields fields, String key, Setting setting, Class<?> type) {
    if (type == Integer.class || type == int.class) {
      return fields
          .integer(key, setting.min(), Math.min(setting.max(), Integer.MAX_VALUE))
          .map(Long::intValue);
    }
    if (type == Long.class || type == long.class) {
      return setting.unit().equals("bytes")
          ? fields.size(key, Math.max(1, setting.min()), setting.max())
          : fields.integer(key, setting.min(), setting.max());
    }
    if (type == Double.class || type == double.class) {
      return fields.number(key, (double) setting.min(), (double) setting.max());
    }
    if (type == Boolean.class || type == boolean.class) {
      return fields.flag(key);
    }
    return type == Duration.class ? fields.duration(key) : text(fields, key, setting, type);
  }

  private static Optional<?> text(Fields fields, String key, Setting setting, Class<?> type) {
    if (type.isEnum()) {
      return oneOf(fields, key, type);
    }
    if (type == LocalTime.class) {
      return parsed(fields, key, LocalTime::parse, "a time of day such as 18:00");
    }
    if (type == LocalDate.class) {
      return parsed(fields, key, LocalDate::parse, "a date such as 2026-12-20");
    }
    if (type == ZoneId.class) {
      return parsed(fields, key, ZoneId::of, "a time zone such as Europe/Berlin");
    }
    if (type == String.class) {
      return setting.pattern().isEmpty()
          ? fields.text(key)
          : fields.text(key, s -> s.matches(setting.pattern()), setting.form());
    }
    throw new IllegalStateException("a policy cannot hold a " + type);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Optional<?> oneOf(Fields fields, String key, Class<?> type) {
    return fields.oneOf(key, (Class<? extends Enum>) type);
  }

  private static <T> Optional<T> parsed(
      Fields fields, String key, Function<String, T> parser, String form) {
    return fields.text(key, s -> attempt(parser, s).isPresent(), form).flatMap(s -> attempt(parser, s));
  }

  private static <T> Optional<T> attempt(Function<String, T> parser, String text) {
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<?>> list(Fields fields, String key, Setting setting, Type of) {
    if (!fields.has(key)) {
      return Optional.empty();
    }
    Class<?> type = (Class<?>) of;
    if (type == Integer.class) {
      return Optional.of(
          fields.integers(key, setting.min(), setting.max()).stream().map(Long::intValue).toList());
    }
    if (type.isEnum()) {
      return Optional.of(someOf(fields, key, type));
    }
    if (type.isRecord()) {
      return Optional.of(records(fields, key, type.asSubclass(Record.class)));
    }
    return Optional.of(fields.texts(key));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<?> someOf(Fields fields, String key, Class<?> type) {
    return fields.someOf(key, (Class<? extends Enum>) type);
  }

  private static <T extends Record> List<T> records(Fields fields, String key, Class<T> type) {
    List<T> records = new ArrayList<>();
    fields.tables(key).forEach(table -> records.add(read(table, type)));
    return records;
  }

  /** How a value is written in a document. */
  static String written(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(PolicyReader::written).orElse("none");
      case Duration duration -> written(duration);
      case Enum<?> constant -> Fields.label(constant);
      case List<?> list -> list.stream().map(PolicyReader::written).toList().toString();
      case ZoneId zone -> zone.getId().equals("Z") ? "UTC" : zone.getId();
      default -> value.toString();
    };
  }

  private static String written(Duration d) {
    if (!d.isZero() && d.toSeconds() * 1000 != d.toMillis()) {
      return d.toMillis() + "ms";
    }
    long seconds = d.toSeconds();
    if (seconds % 86_400 == 0 && seconds > 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0 && seconds > 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** What reflection has on records of the policy. */
  static final class Records {

    private Records() {}

    static Setting setting(RecordComponent component) {
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalStateException(component + " must say what it means: @Setting");
      }
      return setting;
    }

    static Object value(RecordComponent component, Record of) {
      try {
        return component.getAccessor().invoke(of);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }

    static <T extends Record> T make(Class<T> type, Object[] values) {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      try {
        return type.getConstructor(types).newInstance(values);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
          throw refused;
        }
        throw new IllegalStateException("cannot make a " + type, e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot make a " + type, e);
      }
    }
  }
}
