package dev.slipway.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A TOML table read as cargo's own: what is of another type than asked for is not there, since
 * cargo itself will complain of it in its own words.
 */
record Table(Map<String, Object> values) {

  static final Table EMPTY = new Table(Map.of());

  Optional<String> text(String key) {
    return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<Boolean> flag(String key) {
    return values.get(key) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  boolean isTrue(String key) {
    return flag(key).orElse(false);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<Table> optionalTable(String key) {
    return as(values.get(key));
  }

  /** A table, empty where there is none. */
  Table table(String key) {
    return optionalTable(key).orElse(EMPTY);
  }

  /** The tables within this one, by their keys. */
  Map<String, Table> tables() {
    Map<String, Table> tables = new LinkedHashMap<>();
    values.forEach((key, value) -> as(value).ifPresent(table -> tables.put(key, table)));
    return tables;
  }

  /** The tables of a list. */
  List<Table> list(String key) {
    List<Table> tables = new ArrayList<>();
    if (values.get(key) instanceof List<?> list) {
      list.forEach(value -> as(value).ifPresent(tables::add));
    }
    return tables;
  }

  /** The strings of a list. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (values.get(key) instanceof List<?> list) {
      for (Object value : list) {
        if (value instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  @SuppressWarnings("unchecked") // Toml makes no other maps
  private static Optional<Table> as(@Nullable Object value) {
    return value instanceof Map
        ? Optional.of(new Table((Map<String, Object>) value))
        : Optional.empty();
  }
}
