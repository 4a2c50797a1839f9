package dev.slipway.cli.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Deque's axe-core, which finds what keeps people from using a page: WCAG 2.0, 2.1 and 2.2, A and AA,
 * and its own good practice. It comes in by the browser's debugging protocol: the page's policy lets
 * no program of others in.
 */
public final class Axe {

  private static final String RUN =
      """
      axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations', 'passes'],
      }).then((found) => ({
        passes: found.passes.map((rule) => rule.id),
        violations: found.violations.map((rule) => ({
          rule: rule.id, what: rule.help,
          where: rule.nodes.map((node) => node.target.join(' ') + ': ' + node.failureSummary),
        })),
      }))
      """;

  private final String source = source();

  private static String source() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in, "axe.min.js").readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What it found.
   *
   * @param passes names of rules that were looked into and kept
   * @param violations one sentence each
   */
  public record Findings(List<String> passes, List<String> violations) {}

  /** Looks at a page as it is now. */
  public Findings look(Page page) {
    if (!page.truth("window.axe")) {
      var unused = page.value(source + "; true");
    }
    JsonObject found = page.value(RUN).getAsJsonObject();
    List<String> violations = new ArrayList<>();
    for (JsonElement element : found.getAsJsonArray("violations")) {
      JsonObject rule = element.getAsJsonObject();
      violations.add(
          "%s (%s): %s"
              .formatted(
                  rule.get("rule").getAsString(),
                  rule.get("what").getAsString(),
                  rule.get("where")));
    }
    return new Findings(
        found.getAsJsonArray("passes").asList().stream().map(JsonElement::getAsString).toList(),
        violations);
  }
}
