package dev.slipway.local.pubsub;

import java.util.List;
import java.util.Map;

/** A subscription's filter over a message's attributes; see {@link FilterParser}. */
sealed interface Filter {

  Filter ALL = new All(List.of());

  /** Whether a message with these attributes is delivered. */
  boolean matches(Map<String, String> attributes);

  /** The attribute is there, whatever its value. */
  record Has(String key) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return attributes.containsKey(key);
    }
  }

  /** The attribute is there with this very value. */
  record Equal(String key, String value) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return value.equals(attributes.get(key));
    }
  }

  /** The attribute is there and its value begins so. */
  record Prefix(String key, String prefix) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      String value = attributes.get(key);
      return value != null && value.startsWith(prefix);
    }
  }

  /** The opposite. */
  record Not(Filter filter) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return !filter.matches(attributes);
    }
  }

  /** Every one of them; so an empty list matches everything. */
  record All(List<Filter> filters) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return filters.stream().allMatch(filter -> filter.matches(attributes));
    }
  }

  /** At least one of them. */
  record Any(List<Filter> filters) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return filters.stream().anyMatch(filter -> filter.matches(attributes));
    }
  }
}
