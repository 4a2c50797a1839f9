package dev.slipway;

import dev.slipway.release.ByteSize;
import dev.slipway.release.Fields;
import dev.slipway.release.Policy;
import dev.slipway.release.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the reference of the policy, docs/policy.md, from the records it is read into. */
public final class PolicyReference {

  private static final String TOP =
      """
      # The policy, field by field

      Generated from the code: `PolicyReferenceTest` compares, and says how to renew it. What a team sets in
      `SLIPWAY_POLICY`, as YAML or JSON; [operations](operations.md#policy) has an example. What is left out is as in the
      default. An unknown key, a wrong type and a value out of bounds are errors, all told at once.

      Times are written `500ms`, `30s`, `5m`, `2h`, `1d`; sizes `500kB`, `30MB`, `20MiB`, or a number of bytes.
      """;

  private static final Map<Class<?>, String> TYPES =
      Map.ofEntries(
          Map.entry(int.class, "whole number"),
          Map.entry(Integer.class, "whole number"),
          Map.entry(long.class, "whole number"),
          Map.entry(Long.class, "whole number"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(String.class, "text"),
          Map.entry(Duration.class, "time"),
          Map.entry(LocalTime.class, "time of day"),
          Map.entry(LocalDate.class, "date"),
          Map.entry(ZoneId.class, "time zone"));

  private PolicyReference() {}

  /** The page, in Markdown. */
  public static String markdown() {
    List<String> lines = new ArrayList<>(TOP.lines().toList());
    List<RecordComponent> plain = new ArrayList<>();
    for (RecordComponent component : Policy.class.getRecordComponents()) {
      if (element(component).isRecord()) {
        section(lines, component);
      } else {
        plain.add(component);
      }
    }
    lines.add("");
    lines.add("## Besides");
    lines.add("");
    table(lines, "", plain, Policy.DEFAULT);
    return String.join("\n", lines) + "\n";
  }

  private static void section(List<String> lines, RecordComponent component) {
    Setting setting = PolicyReader.Records.setting(component);
    Class<? extends Record> type = element(component).asSubclass(Record.class);
    boolean many = component.getType() == List.class;
    String key = component.getName();
    lines.add("");
    lines.add(setting.inline() ? "## `%s`: at the top".formatted(key) : "## `%s`".formatted(key));
    lines.add("");
    lines.add(setting.value() + (many ? " A list, empty by default; each of:" : ""));
    lines.add("");
    String prefix = setting.inline() || many ? "" : key + ".";
    table(lines, prefix, List.of(type.getRecordComponents()), PolicyReader.defaultOf(type));
  }

  private static void table(
      List<String> lines, String prefix, List<RecordComponent> components, Record defaults) {
    lines.add("| key | means | type, bounds | default |");
    lines.add("|---|---|---|---|");
    rows(lines, prefix, components, defaults);
  }

  /** A row a field; the fields of a table within have its name before theirs. */
  private static void rows(
      List<String> lines, String prefix, List<RecordComponent> components, Record defaults) {
    for (RecordComponent component : components) {
      Setting setting = PolicyReader.Records.setting(component);
      Object value = PolicyReader.Records.value(component, defaults);
      if (value instanceof Record within) {
        String inner = setting.inline() ? prefix : prefix + component.getName() + ".";
        rows(lines, inner, List.of(within.getClass().getRecordComponents()), within);
        continue;
      }
      lines.add(
          "| `%s%s` | %s | %s | `%s` |"
              .formatted(
                  prefix,
                  component.getName(),
                  setting.value(),
                  type(component, setting),
                  written(setting, value)));
    }
  }

  private static String written(Setting setting, Object value) {
    return isSize(setting) && value instanceof Long bytes
        ? ByteSize.written(bytes)
        : PolicyReader.written(value);
  }

  private static boolean isSize(Setting setting) {
    return setting.unit().equals("bytes");
  }

  private static String type(RecordComponent component, Setting setting) {
    Class<?> element = element(component);
    String unit = setting.unit().isEmpty() ? "" : ", " + setting.unit();
    String type = isSize(setting) ? "size" : named(element) + unit;
    return (component.getType() == List.class ? "list of " : "") + type + bounds(element, setting);
  }

  private static String named(Class<?> type) {
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants())
            .map(value -> "`" + Fields.label((Enum<?>) value) + "`")
            .collect(Collectors.joining(", "))
        : Optional.ofNullable(TYPES.get(type)).orElseThrow();
  }

  private static String bounds(Class<?> type, Setting setting) {
    if (isSize(setting) && setting.max() < Long.MAX_VALUE) {
      return ", %s to %s"
          .formatted(ByteSize.written(setting.min()), ByteSize.written(setting.max()));
    }
    boolean number = type == int.class || type == Integer.class;
    if (!number && setting.form().isEmpty()) {
      return "";
    }
    return number ? ", %d to %d".formatted(setting.min(), setting.max()) : ": " + setting.form();
  }

  /** The type of a field's values: what a list or an optional holds. */
  private static Class<?> element(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType generic
        ? (Class<?>) generic.getActualTypeArguments()[0]
        : component.getType();
  }
}
