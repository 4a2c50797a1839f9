package dev.slipway.cli.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.json.Json;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.ServiceRecord.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how large images are, and how that changed. */
@Command(
    name = "sizes",
    mixinStandardHelpOptions = true,
    description = "Show how large images are: of every service, or of one service's releases.")
public final class SizesCommand implements Callable<Integer> {

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "Only this service, by release.")
  private @Nullable String named;

  @Override
  public Integer call() {
    Screen screen = output.screen();
    try (Environment env = environment.open()) {
      if (named == null) {
        all(screen, env.api().services());
      } else {
        one(screen, env.api().sizes(new Named(env).service(named)));
      }
    }
    return Exit.DONE;
  }

  private static void all(Screen screen, List<ServiceRecord> services) {
    if (screen.isJson()) {
      JsonArray array = new JsonArray();
      services.forEach(
          service -> {
            JsonObject object = new JsonObject();
            object.addProperty("service", service.name().value());
            object.add("sizes", json(service.sizes()));
            array.add(object);
          });
      screen.json(array);
      return;
    }
    Table table = new Table("SERVICE", "COMPRESSED", "CHANGE", "BUILDS", "TREND");
    services.stream().filter(service -> !service.sizes().isEmpty()).forEach(s -> row(table, s));
    screen.table(table);
  }

  private static void row(Table table, ServiceRecord service) {
    List<Size> sizes = service.sizes();
    int last = sizes.size() - 1;
    table.row(
        Line.of(service.name().value()),
        Line.of(bytes(sizes.getLast().compressedBytes())),
        change(sizes, last),
        Line.of(Integer.toString(sizes.size())),
        Line.of(Tone.GOING, Bars.spark(sizes.stream().map(Size::compressedBytes).toList())));
  }

  private static void one(Screen screen, List<Size> sizes) {
    if (screen.isJson()) {
      screen.json(json(sizes));
      return;
    }
    if (sizes.isEmpty()) {
      screen.line("No image of it was built yet.");
      return;
    }
    long largest = sizes.stream().mapToLong(Size::compressedBytes).max().orElse(1);
    Table table = new Table("RELEASE", "BUILT", "COMPRESSED", "CHANGE", "");
    for (int i = sizes.size() - 1; i >= 0; i--) {
      Size size = sizes.get(i);
      table.row(
          Line.of(size.release().toString()),
          Line.of(Told.day(size.at())),
          Line.of(bytes(size.compressedBytes())),
          change(sizes, i),
          Line.of(Tone.GOING, Bars.bar(size.compressedBytes(), largest)));
    }
    screen.table(table);
  }

  /** Against the image built before. */
  private static Line change(List<Size> sizes, int at) {
    Optional<Long> change =
        at == 0
            ? Optional.empty()
            : Optional.of(sizes.get(at).compressedBytes() - sizes.get(at - 1).compressedBytes());
    return change
        .map(c -> Line.of(tone(c), String.format(Locale.ROOT, "%+,d", c)))
        .orElseGet(() -> Line.of("-"));
  }

  private static Tone tone(long change) {
    return change > 0 ? Tone.WAITING : change < 0 ? Tone.GOOD : Tone.PLAIN;
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static JsonArray json(List<Size> sizes) {
    JsonArray array = new JsonArray();
    sizes.forEach(size -> array.add(Json.tree(size, Size.class)));
    return array;
  }
}
