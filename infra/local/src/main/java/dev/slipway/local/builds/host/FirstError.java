package dev.slipway.local.builds.host;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks the first error out of what cargo prints, with its place in the source. */
final class FirstError implements Consumer<String> {

  private static final Pattern ERROR = Pattern.compile("error(\\[E\\d+])?: .*");
  private static final Pattern PLACE = Pattern.compile("\\s*--> (.+)");
  private static final int LONGEST = 500;

  private String error = "";
  private String place = "";

  /** Whether the line was added that an error ending in a colon announces. */
  private boolean announced;

  @Override
  public void accept(String line) {
    Matcher at = PLACE.matcher(line);
    if (error.isEmpty() && ERROR.matcher(line).matches()) {
      error = line.strip();
    } else if (error.endsWith(":") && !announced && !line.isBlank()) {
      error += " " + line.strip();
      announced = true;
    } else if (!error.isEmpty() && place.isEmpty() && at.matches()) {
      place = at.group(1).strip();
    }
  }

  /** {@code ": error[E0425]: ... (src/main.rs:3:5)"}, {@code ""} when there was none. */
  @Override
  public String toString() {
    if (error.isEmpty()) {
      return "";
    }
    String whole = ": " + error + (place.isEmpty() ? "" : " (" + place + ")");
    return whole.substring(0, Math.min(LONGEST, whole.length()));
  }
}
