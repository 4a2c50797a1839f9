package dev.slipway.local.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** Protobuf messages by name, in a map of the state; whoever changes one commits. */
final class Table<T extends MessageLite> {

  private final MVMap<String, byte[]> map;
  private final Parser<T> parser;

  Table(MVMap<String, byte[]> map, Parser<T> parser) {
    this.map = map;
    this.parser = parser;
  }

  @Nullable T get(String name) {
    byte[] bytes = map.get(name);
    return bytes == null ? null : parse(name, bytes);
  }

  void put(String name, T value) {
    map.put(name, value.toByteArray());
  }

  void remove(String name) {
    map.remove(name);
  }

  /** The first value in the order of names whose name begins with {@code prefix}. */
  @Nullable T first(String prefix) {
    String name = map.ceilingKey(prefix);
    return name == null || !name.startsWith(prefix) ? null : get(name);
  }

  /** Every value whose name begins with {@code prefix}, in the order of the names. */
  List<T> startingWith(String prefix) {
    List<T> found = new ArrayList<>();
    for (String name : names(prefix)) {
      T value = get(name);
      if (value != null) {
        found.add(value);
      }
    }
    return found;
  }

  /** Removes every value whose name begins with {@code prefix}. */
  void removeStartingWith(String prefix) {
    names(prefix).forEach(map::remove);
  }

  private List<String> names(String prefix) {
    List<String> names = new ArrayList<>();
    Iterator<String> all = map.keyIterator(prefix);
    while (all.hasNext()) {
      String name = all.next();
      if (!name.startsWith(prefix)) {
        break;
      }
      names.add(name);
    }
    return names;
  }

  private T parse(String name, byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "Tried to read %s of %s but it is damaged.".formatted(name, map.getName()), e);
    }
  }
}
