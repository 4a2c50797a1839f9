package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FieldsTest {

  private enum Order {
    QUEUE,
    NEWEST_WINS
  }

  private static Fields fields(Map<String, Object> values) {
    return Fields.of("policy", "team.yaml", "", values);
  }

  @Test
  void everyTypeIsRead() {
    Fields fields =
        fields(
            Map.of(
                "name", "x",
                "on", true,
                "count", 3,
                "rate", 0.5,
                "hold", "5m",
                "order", "newest-wins",
                "list", List.of("a", "b"),
                "env", Map.of("K", "v"),
                "steps", List.of(Map.of("percent", 5L)),
                "gate", Map.of("errors", 1)));

    assertThat(fields.text("name")).contains("x");
    assertThat(fields.flag("on")).contains(true);
    assertThat(fields.integer("count", 1, 5)).contains(3L);
    assertThat(fields.number("rate", 0, 1)).contains(0.5);
    assertThat(fields.duration("hold")).contains(Duration.ofMinutes(5));
    assertThat(fields.oneOf("order", Order.class)).contains(Order.NEWEST_WINS);
    assertThat(fields.texts("list")).containsExactly("a", "b");
    assertThat(fields.textsByName("env")).containsEntry("K", "v");
    assertThat(fields.tables("steps").getFirst().integer("percent", 1, 100)).contains(5L);
    assertThat(fields.table("gate").orElseThrow().number("errors", 0, 100)).contains(1.0);
    assertThat(fields.findings()).isEmpty();
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsPath() {
    Map<String, Object> values = new TreeMap<>();
    values.put("count", 9);
    values.put("hold", "5 minutes");
    values.put("list", List.of("a", 1));
    values.put("on", "yes");
    values.put("ordr", "queue");
    values.put("rate", "high");
    values.put("steps", List.of(Map.of("percnt", 5)));
    values.put("zzz", 1);
    Fields fields = fields(values);

    fields.require("name");
    fields.flag("on");
    fields.integer("count", 1, 5);
    fields.number("rate", 0, 1);
    fields.duration("hold");
    fields.oneOf("order", Order.class);
    fields.texts("list");
    fields.tables("steps").forEach(step -> step.integer("percent", 1, 100));

    assertThat(fields.findings())
        .allMatch(f -> f.rule().equals("policy"))
        .extracting(Finding::toString)
        .containsExactly(
            "team.yaml: `name` is missing",
            "team.yaml: `on`: it must be true or false, not the string 'yes'",
            "team.yaml: `count`: it must be 1 to 5, not the number 9",
            "team.yaml: `rate`: it must be a number, not the string 'high'",
            "team.yaml: `hold`: it must be a time such as 30s, 5m or 2h, not the string"
                + " '5 minutes'",
            "team.yaml: `list`: it must be a list of strings, and holds the number 1",
            "team.yaml: `steps[0].percnt` is no setting: did you mean `percent`?",
            "team.yaml: `ordr` is no setting: did you mean `order`?",
            "team.yaml: `zzz` is no setting: known are count, hold, list, name, on, order, rate,"
                + " steps");
  }

  @Test
  void oneOfSaysWhatThereIs() {
    Fields fields = fields(Map.of("order", "que"));

    assertThat(fields.oneOf("order", Order.class)).isEmpty();
    assertThat(fields.findings())
        .extracting(Finding::message)
        .containsExactly(
            "`order`: it is 'que'; it must be one of queue, newest-wins; did you mean queue?");
  }
}
