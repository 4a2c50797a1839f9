package dev.slipway.build;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.slipway.release.TrialRun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a build says of running its image: {@code
 * {"listens":["0.0.0.0:8080"],"handlesTerm":true,"exitCode":0,"stopMillis":40}}, the last two where
 * they are known. What is not just as expected is as if unsaid, and takes nothing else with it.
 */
final class TrialRunReader {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:[0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}]):[0-9]{1,5}");

  private static final int MAX_ADDRESSES = 8;
  private static final int MAX_CODE = 255;
  private static final int MAX_MILLIS = 600_000;

  private TrialRunReader() {}

  static Optional<TrialRun> read(@Nullable JsonElement json) {
    if (json == null || !json.isJsonObject()) {
      return Optional.empty();
    }
    JsonObject object = json.getAsJsonObject();
    try {
      return Optional.of(
          new TrialRun(
              addresses(object.getAsJsonArray("listens")),
              object.get("handlesTerm").getAsBoolean(),
              number(object.get("exitCode"), MAX_CODE),
              number(object.get("stopMillis"), MAX_MILLIS).map(Integer::longValue)));
    } catch (RuntimeException e) { // whatever a hostile document makes of the reader
      return Optional.empty();
    }
  }

  private static List<String> addresses(JsonArray listens) {
    List<String> addresses = new ArrayList<>();
    for (JsonElement each : listens) {
      String address = each.getAsString();
      if (!ADDRESS.matcher(address).matches() || addresses.size() == MAX_ADDRESSES) {
        throw new IllegalArgumentException("not addresses");
      }
      addresses.add(address);
    }
    return addresses;
  }

  private static Optional<Integer> number(@Nullable JsonElement element, int most) {
    if (element == null || element.isJsonNull()) {
      return Optional.empty();
    }
    BigDecimal value = element.getAsBigDecimal();
    if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new IllegalArgumentException("out of bounds");
    }
    return Optional.of(value.intValueExact());
  }
}
