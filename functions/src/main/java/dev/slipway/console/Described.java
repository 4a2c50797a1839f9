package dev.slipway.console;

import dev.slipway.json.Json;
import dev.slipway.release.Crate;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Reads what a program says of a crate. */
final class Described {

  private Described() {}

  /**
   * The crate that a JSON document describes, as the ledger writes crates.
   *
   * @throws Refusal when it describes none, or leaves something out
   */
  static Crate crate(String body) {
    @Nullable Crate crate = read(body);
    if (crate == null) {
      throw new Refusal(400, "Send the description of a crate, as 'slipway plan' does.");
    }
    complete(crate);
    complete(crate.settings());
    return crate;
  }

  private static @Nullable Crate read(String body) {
    try {
      return Json.read(body, Crate.class);
    } catch (RuntimeException e) {
      // What a record's constructor says of a value arrives wrapped, by more than one type.
      throw new Refusal(
          400, "Send the description of a crate, as 'slipway plan' does: " + e.getMessage());
    }
  }

  /** JSON can leave out what the type promises. */
  private static void complete(Record value) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (read(value, component) == null) {
        throw new Refusal(
            400, "The description of a crate has no '%s'.".formatted(component.getName()));
      }
    }
  }

  private static @Nullable Object read(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a public record is read", e);
    }
  }
}
