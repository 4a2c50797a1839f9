package dev.slipway.local.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The receivers attached to one backlog, taking turns; the backlog guards them. */
final class Outlets {

  private final List<Outlet> outlets = new ArrayList<>();
  private int last;

  void add(Outlet outlet) {
    outlets.add(outlet);
  }

  boolean remove(Outlet outlet) {
    return outlets.remove(outlet);
  }

  /** Takes off those that wanted one batch and were served. */
  void removeDone(Set<Outlet> served) {
    outlets.removeIf(outlet -> outlet.isOnce() && served.contains(outlet));
  }

  List<Outlet> removeAll() {
    List<Outlet> all = List.copyOf(outlets);
    outlets.clear();
    return all;
  }

  /** The next in turn that can take a message. */
  @Nullable Outlet nextWithRoom() {
    for (int tried = 0; tried < outlets.size(); tried++) {
      last = (last + 1) % outlets.size();
      Outlet outlet = outlets.get(last);
      if (outlet.hasRoom()) {
        return outlet;
      }
    }
    return null;
  }
}
