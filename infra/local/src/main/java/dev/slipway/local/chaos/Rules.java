package dev.slipway.local.chaos;

import dev.slipway.local.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** The rules in force, in the order they were given, on disk with what they did so far. */
final class Rules {

  private final State state;
  private final MVMap<String, byte[]> stored;
  private long last;

  Rules(State state) {
    this.state = state;
    stored = state.map("chaos.rules");
    String lastKey = stored.lastKey();
    last = lastKey == null ? 0 : Long.parseLong(lastKey);
  }

  synchronized Standing add(Rule rule) {
    String id = "%06d".formatted(++last);
    Standing standing = new Standing(id, rule, 0, 0);
    put(standing);
    state.commit();
    return standing;
  }

  synchronized List<Standing> all() {
    List<Standing> all = new ArrayList<>();
    stored.values().forEach(bytes -> all.add(RuleJson.standing(bytes)));
    return all;
  }

  /** Takes a rule back; absent if there is none of that id. */
  synchronized Optional<Standing> remove(String id) {
    Optional<Standing> removed = Optional.ofNullable(stored.remove(id)).map(RuleJson::standing);
    state.commit();
    return removed;
  }

  synchronized void clear() {
    stored.clear();
    state.commit();
  }

  /** Counts one call or message, and says which rules strike it. */
  synchronized List<Standing> strike(Place place, String name) {
    if (stored.isEmpty()) {
      return List.of();
    }
    List<Standing> struck = new ArrayList<>();
    boolean seen = false;
    for (Standing before : all()) {
      if (before.rule().where().covers(place, name)) {
        Standing after = before.next();
        put(after);
        seen = true;
        if (after.struck() > before.struck()) {
          struck.add(after);
        }
      }
    }
    if (seen) {
      state.commit();
    }
    return struck;
  }

  private void put(Standing standing) {
    stored.put(standing.id(), RuleJson.bytes(standing));
  }
}
