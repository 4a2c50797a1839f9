package dev.slipway.cli.env;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.util.List;

/** An environment as text, a line for each resource, to be kept and compared. */
public final class Inventory {

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private Inventory() {}

  public static String of(List<Plan.Resource> resources) {
    StringBuilder text = new StringBuilder();
    for (Plan.Resource resource : resources) {
      text.append(resource.address()).append(' ').append(GSON.toJson(resource.values())).append('\n');
    }
    return text.toString();
  }

  /** Reads what {@link #of} wrote. */
  public static List<Plan.Resource> parse(String environment, String text) {
    return text.lines().map(line -> resource(environment, line)).toList();
  }

  /** An address may hold blanks, but never a blank and a brace. */
  private static Plan.Resource resource(String environment, String line) {
    int end = line.indexOf(" {");
    return new Plan.Resource(
        environment,
        line.substring(0, end),
        JsonParser.parseString(line.substring(end + 1)).getAsJsonObject());
  }
}
