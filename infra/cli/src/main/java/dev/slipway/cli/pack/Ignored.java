package dev.slipway.cli.pack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What git would not add. Outside of a checkout cargo reads no .gitignore and leaves out what begins
 * with a dot, and so it is here.
 */
final class Ignored {

  private final Optional<Checkout> checkout;
  private final NavigableSet<String> tracked;
  private final Map<Path, Optional<Rules>> rules = new HashMap<>();
  private final Optional<Rules> own;
  private final Optional<Rules> personal;

  Ignored(Optional<Checkout> checkout) {
    this.checkout = checkout;
    tracked = checkout.map(Checkout::tracked).orElseGet(TreeSet::new);
    own = checkout.flatMap(Checkout::ownRules);
    personal = checkout.flatMap(Checkout::personalRules);
  }

  boolean isCheckout() {
    return checkout.isPresent();
  }

  /** Whether a crate lies where git looks at nothing: ignored as a whole, and not followed. */
  boolean hides(Path crate) {
    boolean hidden = false;
    for (Path at = crate; at != null && !hidden; at = at.getParent()) {
      hidden = is(at, true);
    }
    return hidden && !isTracked(crate.resolve(Crates.MANIFEST), false);
  }

  /** Whether git follows the file, or any in the folder. */
  boolean isTracked(Path path, boolean folder) {
    if (checkout.isEmpty() || !path.startsWith(checkout.get().root())) {
      return false;
    }
    String name = Crates.slashed(checkout.get().root().relativize(path));
    return folder
        ? holds(name + "/")
        : tracked.contains(name);
  }

  private boolean holds(String prefix) {
    String first = tracked.ceiling(prefix);
    return first != null && first.startsWith(prefix);
  }

  /** Whether the patterns say so; those of the nearest .gitignore win. */
  boolean is(Path path, boolean folder) {
    if (checkout.isEmpty() || !path.startsWith(checkout.get().root())) {
      return false;
    }
    Path root = checkout.get().root();
    for (Path at = path.getParent(); at != null && at.startsWith(root); at = at.getParent()) {
      Path base = at;
      Optional<Boolean> said =
          rules
              .computeIfAbsent(base, f -> Rules.in(f.resolve(".gitignore")))
              .flatMap(r -> r.about(Crates.slashed(base.relativize(path)), folder));
      if (said.isPresent()) {
        return said.get();
      }
    }
    String name = Crates.slashed(root.relativize(path));
    return own.flatMap(r -> r.about(name, folder))
        .or(() -> personal.flatMap(r -> r.about(name, folder)))
        .orElse(false);
  }
}
