package dev.slipway.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads settings out of a tree of maps, lists and values (parsed TOML, YAML or JSON), strictly: a
 * wrong type, a value out of range and an unknown key are findings, and all of them are reported at
 * once, an unknown key with the nearest known one.
 *
 * <p>Read every key, then ask for the {@link #findings()}: a key that nobody read is unknown.
 */
public final class Fields {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private final String rule;
  private final String file;
  private final String path;
  private final Map<String, ?> values;
  private final TreeSet<String> known = new TreeSet<>();
  private final List<Finding> problems = new ArrayList<>();
  private final List<Fields> children = new ArrayList<>();

  private Fields(String rule, String file, String path, Map<String, ?> values) {
    this.rule = rule;
    this.file = file;
    this.path = path;
    this.values = values;
  }

  /**
   * Begins to read.
   *
   * @param rule rule name of the findings
   * @param file the file they concern, as its reader knows it
   * @param path what comes before a key in messages, such as {@code package.metadata.slipway};
   *     empty at the top of a file
   */
  public static Fields of(String rule, String file, String path, Map<String, ?> values) {
    return new Fields(rule, file, path, values);
  }

  public Optional<String> text(String key) {
    return get(key, String.class, "a string");
  }

  /**
   * A string that must be of some form.
   *
   * @param form the form in words, as in "it must be ..."
   */
  public Optional<String> text(String key, Predicate<String> legal, String form) {
    return text(key).filter(value -> isLegal(key, value, legal.test(value), form));
  }

  public Optional<Boolean> flag(String key) {
    return get(key, Boolean.class, "true or false");
  }

  /** A whole number within bounds, both inclusive. */
  public Optional<Long> integer(String key, long min, long max) {
    return get(key, Number.class, "a whole number")
        .filter(n -> isLegal(key, n, isWhole(n), "a whole number"))
        .map(Number::longValue)
        .filter(n -> isLegal(key, n, n >= min && n <= max, "%d to %d".formatted(min, max)));
  }

  /** Whole numbers within bounds, both inclusive; an empty list where the key is absent. */
  public List<Long> integers(String key, long min, long max) {
    List<Long> integers = new ArrayList<>();
    for (Object value : list(key, "a list of whole numbers")) {
      boolean whole = value instanceof Number n && isWhole(n);
      if (isLegal(key, value, whole, "a list of whole numbers")) {
        long n = ((Number) value).longValue();
        if (isLegal(key, n, n >= min && n <= max, "%d to %d each".formatted(min, max))) {
          integers.add(n);
        }
      }
    }
    return integers;
  }

  /** A number within bounds, both inclusive. */
  public Optional<Double> number(String key, double min, double max) {
    return get(key, Number.class, "a number")
        .map(Number::doubleValue)
        .filter(n -> isLegal(key, n, n >= min && n <= max, "%s to %s".formatted(min, max)));
  }

  /** A time such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 1d}. */
  public Optional<Duration> duration(String key) {
    return text(key, s -> DURATION.matcher(s).matches(), "a time such as 30s, 5m or 2h")
        .map(Fields::toDuration);
  }

  /**
   * A size such as {@code 30MB} or {@code 20MiB}, or a whole number of bytes, above zero.
   *
   * @param max the most it may be; {@link Long#MAX_VALUE} for any
   */
  public Optional<Long> size(String key, long min, long max) {
    Optional<Long> size =
        values.get(key) instanceof Number
            ? integer(key, 1, Long.MAX_VALUE)
            : text(key, s -> ByteSize.parse(s).filter(n -> n > 0).isPresent(), ByteSize.FORM)
                .flatMap(ByteSize::parse);
    return size.filter(n -> isLegal(key, given(key, n), n >= min && n <= max, bounds(min, max)));
  }

  private Object given(String key, Object otherwise) {
    Object value = values.get(key);
    return value == null ? otherwise : value;
  }

  private static String bounds(long min, long max) {
    return max == Long.MAX_VALUE
        ? ByteSize.written(min) + " or more"
        : ByteSize.written(min) + " to " + ByteSize.written(max);
  }

  /** One of the values of an enum, written in lower case with hyphens. */
  public <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> values) {
    Map<String, E> labels = new LinkedHashMap<>();
    for (E value : values.getEnumConstants()) {
      labels.put(label(value), value);
    }
    Optional<String> text = text(key);
    return text.flatMap(t -> labelled(key, t, labels));
  }

  /** Some of the values of an enum; an empty list where the key is absent. */
  public <E extends Enum<E>> List<E> someOf(String key, Class<E> values) {
    Map<String, E> labels = new LinkedHashMap<>();
    for (E value : values.getEnumConstants()) {
      labels.put(label(value), value);
    }
    return texts(key).stream().flatMap(t -> labelled(key, t, labels).stream()).toList();
  }

  private <E> Optional<E> labelled(String key, String text, Map<String, E> labels) {
    if (!labels.containsKey(text)) {
      reject(key, "it is '" + text + "'; " + oneOf(text, labels));
    }
    return Optional.ofNullable(labels.get(text));
  }

  /** How a value of an enum is written: in lower case with hyphens. */
  public static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A list of strings; an empty one where the key is absent. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(key, "a list of strings")) {
      if (value instanceof String text) {
        texts.add(text);
      } else {
        reject(key, "it must be a list of strings, and holds " + describe(value));
      }
    }
    return texts;
  }

  /** Strings by keys of the writer's choice, such as environment variables. */
  public Map<String, String> textsByName(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    get(key, Map.class, "a table of strings")
        .ifPresent(
            map ->
                asTree(map)
                    .forEach(
                        (name, value) -> {
                          if (value instanceof String text) {
                            texts.put(name, text);
                          } else {
                            reject(
                                key + "." + name, "it must be a string, not " + describe(value));
                          }
                        }));
    return texts;
  }

  /** A table within; what is found in it is among {@link #findings()}. */
  public Optional<Fields> table(String key) {
    return get(key, Map.class, "a table").map(map -> child(key, asTree(map)));
  }

  /** A list of tables; an empty one where the key is absent. */
  public List<Fields> tables(String key) {
    List<Fields> tables = new ArrayList<>();
    List<?> list = list(key, "a list of tables");
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> map) {
        tables.add(child(key + "[" + i + "]", asTree(map)));
      } else {
        reject(key, "it must be a list of tables, and holds " + describe(list.get(i)));
      }
    }
    return tables;
  }

  /** Whether the key is written at all; asking makes it known. */
  public boolean has(String key) {
    known.add(key);
    return values.get(key) != null;
  }

  /** Says that a key must be there, if it is not. */
  public Fields require(String key) {
    if (!has(key)) {
      problems.add(Finding.at(rule, file, "`" + full(key) + "` is missing"));
    }
    return this;
  }

  /**
   * Reports what only the caller can know about a value.
   *
   * @param key empty for the table as a whole
   */
  public void reject(String key, String why) {
    String where = key.isEmpty() ? path : full(key);
    problems.add(Finding.at(rule, file, where.isEmpty() ? why : "`" + where + "`: " + why));
  }

  /** Whether nothing is wrong with what was read so far, here and in the tables within. */
  public boolean isSound() {
    return problems.isEmpty() && children.stream().allMatch(Fields::isSound);
  }

  /** Everything that is wrong here and in the tables within, unknown keys last. */
  public List<Finding> findings() {
    List<Finding> all = new ArrayList<>(problems);
    children.forEach(child -> all.addAll(child.findings()));
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        String hint =
            Nearest.of(key, known)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("known are " + String.join(", ", known));
        all.add(Finding.at(rule, file, "`%s` is no setting: %s".formatted(full(key), hint)));
      }
    }
    return List.copyOf(all);
  }

  private Fields child(String key, Map<String, ?> map) {
    Fields child = new Fields(rule, file, full(key), map);
    children.add(child);
    return child;
  }

  private <T> Optional<T> get(String key, Class<T> type, String wanted) {
    known.add(key);
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      reject(key, "it must be " + wanted + ", not " + describe(value));
      return Optional.empty();
    }
    return Optional.of(type.cast(value));
  }

  private List<?> list(String key, String wanted) {
    return get(key, List.class, wanted).map(list -> (List<?>) list).orElse(List.of());
  }

  private boolean isLegal(String key, Object value, boolean legal, String form) {
    if (!legal) {
      reject(key, "it must be %s, not %s".formatted(form, describe(value)));
    }
    return legal;
  }

  private String full(String key) {
    return path.isEmpty() ? shortened(key) : path + "." + shortened(key);
  }

  private static String oneOf(String text, Map<String, ?> labels) {
    String all = "it must be one of " + String.join(", ", labels.keySet());
    return Nearest.of(text, labels.keySet())
        .map(near -> all + "; did you mean " + near + "?")
        .orElse(all);
  }

  private static boolean isWhole(Number n) {
    return n instanceof Long || n instanceof Integer;
  }

  private static Duration toDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("checked before: " + text);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static String describe(Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> "the string '" + shortened(text) + "'";
      case Boolean flag -> flag.toString();
      case Number number -> "the number " + number;
      case List<?> list -> "a list of " + list.size();
      case Map<?, ?> map -> "a table of " + map.size();
      case Object other -> "a " + other.getClass().getSimpleName();
    };
  }

  private static String shortened(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
  }

  private static Map<String, Object> asTree(Map<?, ?> map) {
    Map<String, Object> tree = new LinkedHashMap<>();
    map.forEach((key, value) -> tree.put(String.valueOf(key), value));
    return tree;
  }
}
