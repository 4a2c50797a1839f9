package dev.slipway.build;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.release.BuildReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what a build said of itself. Code of the crate ran in that build, so this is a statement of
 * the crate's, shown to people and never obeyed: what is not just as expected is as if unsaid.
 */
final class ReportReader {

  private static final int MAX_CHARACTERS = 4096;
  private static final int MAX_LIBRARIES = 64;
  private static final long MAX_BINARY = 4L << 30;
  private static final long MAX_SECONDS = 86_400;
  private static final int MAX_DIGITS = 20;
  private static final Pattern LIBRARY = Pattern.compile("[A-Za-z0-9._+-]{1,100}");
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){1,3}");
  private static final Pattern TOOLCHAIN = Pattern.compile("[A-Za-z0-9 ()._+/-]{0,100}");

  private ReportReader() {}

  /**
   * Reads a report.
   *
   * @param json {@code {"schema":1,"binaryBytes":...,...}}
   * @return empty when it is not of schema 1, whole and within bounds
   */
  static Optional<BuildReport> read(String json) {
    if (json.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    try {
      JsonObject object = JsonParser.parseString(json).getAsJsonObject();
      if (number(object, "schema", 1) != 1) {
        return Optional.empty();
      }
      return Optional.of(report(object));
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | ArithmeticException
        | UnsupportedOperationException
        | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static BuildReport report(JsonObject object) {
    List<String> needed = new ArrayList<>();
    for (JsonElement library : member(object, "needed").getAsJsonArray()) {
      needed.add(matching(library, LIBRARY));
    }
    if (needed.size() > MAX_LIBRARIES) {
      throw new IllegalArgumentException("too many libraries");
    }
    return new BuildReport(
        number(object, "binaryBytes", MAX_BINARY),
        needed,
        glibc(object),
        matching(member(object, "toolchain"), TOOLCHAIN),
        member(object, "cacheHit").getAsBoolean(),
        seconds(object, "fetchSeconds")
            .plus(seconds(object, "testSeconds"))
            .plus(seconds(object, "cookSeconds"))
            .plus(seconds(object, "buildSeconds")),
        TrialRunReader.read(object.get("trialRun")));
  }

  /** A static binary needs none, which is said by null or by nothing at all. */
  private static Optional<String> glibc(JsonObject object) {
    JsonElement glibc = member(object, "glibc");
    return glibc.isJsonNull() || glibc.getAsString().isEmpty()
        ? Optional.empty()
        : Optional.of(matching(glibc, VERSION));
  }

  /** Whole seconds or parts of them. */
  private static Duration seconds(JsonObject object, String name) {
    BigDecimal seconds = member(object, name).getAsBigDecimal();
    // Rounding a number with a hostile exponent would fill the memory.
    if (Math.abs(seconds.scale()) > MAX_DIGITS
        || seconds.signum() < 0
        || seconds.compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
      throw new IllegalArgumentException(name + " out of bounds");
    }
    return Duration.ofMillis(
        seconds.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  private static long number(JsonObject object, String name, long max) {
    long value = member(object, name).getAsBigDecimal().longValueExact();
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(name + " out of bounds");
    }
    return value;
  }

  private static String matching(JsonElement element, Pattern pattern) {
    String text = element.getAsString();
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("not as expected");
    }
    return text;
  }

  private static JsonElement member(JsonObject object, String name) {
    JsonElement member = object.get(name);
    if (member == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return member;
  }
}
