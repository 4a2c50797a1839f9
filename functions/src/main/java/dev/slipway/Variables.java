package dev.slipway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Environment variables as they are read one by one, and all that is wrong with them. */
final class Variables {

  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  Variables(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /** A value that has to be there; empty text where it is not, which is a problem. */
  String required(String key) {
    Optional<String> value = optional(key);
    if (value.isEmpty()) {
      problem(key + " is not set");
    }
    return value.orElse("");
  }

  /** A value without the space around it; nothing but space is none. */
  Optional<String> optional(String key) {
    return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * A value of a certain form.
   *
   * @param form what it looks like, in words
   */
  Optional<String> matching(String key, String pattern, String form) {
    Optional<String> value = optional(key);
    if (value.isPresent() && !value.get().matches(pattern)) {
      problem("%s must be %s, not '%s'".formatted(key, form, value.get()));
    }
    return value;
  }

  /** An address, without a slash at its end. */
  Optional<String> url(String key) {
    return matching(key, "https?://[^\\s<>|]+", "an address such as https://HOST/PATH")
        .map(text -> text.replaceAll("/+$", ""));
  }

  /** Values with commas between them. */
  Set<String> set(String key) {
    Set<String> set = new TreeSet<>();
    optional(key).ifPresent(text -> set.addAll(List.of(text.split("\\s*,\\s*"))));
    set.remove("");
    return set;
  }

  /** A document; what {@code reading} refuses is a problem, and then there is none. */
  <T> Optional<T> document(String key, Function<String, T> reading) {
    try {
      return optional(key).map(reading);
    } catch (IllegalArgumentException e) {
      problem(key + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether two that only mean something together are there. */
  boolean bothOrNone(String one, String other) {
    if (optional(one).isPresent() != optional(other).isPresent()) {
      problem(one + " and " + other + " go together: set both or none");
      return false;
    }
    return optional(one).isPresent();
  }

  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Nothing more is read.
   *
   * @param prefix what the names of our own begin with
   * @param known those there are
   * @throws IllegalArgumentException naming every problem, and every variable of ours that is unknown
   */
  void finish(String prefix, Set<String> known) {
    values.keySet().stream()
        .filter(key -> key.startsWith(prefix) && !known.contains(key))
        .forEach(key -> problem(key + " is not a setting of Slipway's"));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Tried to read the settings from the environment but: " + String.join("; ", problems));
    }
  }
}
