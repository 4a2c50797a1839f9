package dev.slipway.cli.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.environment.ConsoleApi;
import dev.slipway.cli.environment.ConsoleApi.RegionView;
import dev.slipway.cli.environment.Environment;
import dev.slipway.cli.environment.EnvironmentOption;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.ScreenOption;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.console.ask.Selection;
import dev.slipway.console.ask.Split;
import dev.slipway.json.Json;
import dev.slipway.release.RegionStand;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceRecord;
import dev.slipway.release.Vote;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows every service: who serves, and what is on its way. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show every service: its URL, its traffic and what is on its way.")
public final class StatusCommand implements Callable<Integer> {

  private static final int LATEST = 200;

  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private ScreenOption output = new ScreenOption();

  /** One service, as people ask about it. */
  private record Row(
      ServiceRecord record, Split split, List<RegionView> regions, List<Release> onTheirWay) {

    String traffic() {
      return regions.isEmpty()
          ? StatusCommand.traffic(split)
          : "in %d regions".formatted(regions.size());
    }

    String live() {
      return record.live().map(Object::toString).orElse("-");
    }

    Line moving() {
      Line line = Line.of("");
      for (Release release : onTheirWay) {
        line =
            line.and(line.length() == 0 ? "" : ", ")
                .and(release.id() + " ")
                .and(Told.tone(release.stage()), release.stage().label());
      }
      return line;
    }
  }

  static String traffic(Split split) {
    return split.shares().stream()
        .map(share -> share.percent() + "% " + share.revision())
        .collect(Collectors.joining(", "));
  }

  @Override
  public Integer call() {
    Screen screen = output.screen();
    try (Environment env = environment.open()) {
      List<Row> rows = rows(env.api());
      if (screen.isJson()) {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(json(row)));
        screen.json(array);
      } else if (rows.isEmpty()) {
        screen.line("No services yet. " + env.firstSteps());
      } else {
        show(screen, rows);
      }
    }
    return Exit.DONE;
  }

  private static List<Row> rows(ConsoleApi api) {
    List<Release> active =
        api.releases(Selection.newest(LATEST)).stream().filter(Release::isActive).toList();
    return api.services().stream()
        .map(record -> api.service(record.name()))
        .map(
            view ->
                new Row(
                    view.service(),
                    view.traffic(),
                    view.regions(),
                    active.stream()
                        .filter(r -> r.id().service().equals(view.service().name()))
                        .toList()))
        .toList();
  }

  private static void show(Screen screen, List<Row> rows) {
    Table table = new Table("SERVICE", "URL", "LIVE", "TRAFFIC", "ON ITS WAY");
    for (Row row : rows) {
      table.row(
          Line.of(row.record().name().value()),
          Line.of(row.split().uri().orElse("-")),
          Line.of(row.live()),
          Line.of(row.traffic()),
          row.moving());
      row.regions().forEach(region -> table.row(line(region)));
    }
    screen.table(table);
    rows.forEach(
        row ->
            row.record()
                .hold()
                .ifPresent(
                    hold ->
                        screen.line(
                            Line.of(Tone.WAITING, row.record().name() + " is held: " + hold))));
  }

  /** A region below its service. */
  private static Line[] line(RegionView region) {
    return new Line[] {
      Line.of(Tone.FAINT, "  " + region.region()),
      Line.of(region.traffic().uri().orElse("-")),
      Line.of(""),
      Line.of(traffic(region.traffic())),
      Line.of(region.stand().map(RegionStand::words).orElse(""))
    };
  }

  private static JsonObject json(Row row) {
    JsonObject object = new JsonObject();
    object.addProperty("service", row.record().name().value());
    row.split().uri().ifPresent(uri -> object.addProperty("url", uri));
    row.record().live().ifPresent(live -> object.addProperty("live", live.toString()));
    row.record().hold().ifPresent(hold -> object.add("hold", Json.tree(hold, Vote.class)));
    JsonObject traffic = new JsonObject();
    row.split().shares().forEach(s -> traffic.addProperty(s.revision(), s.percent()));
    object.add("traffic", traffic);
    if (!row.regions().isEmpty()) {
      JsonArray regions = new JsonArray();
      row.regions().forEach(region -> regions.add(Json.tree(region, RegionView.class)));
      object.add("regions", regions);
    }
    JsonArray moving = new JsonArray();
    row.onTheirWay().forEach(r -> moving.add(r.id().toString()));
    object.add("onTheirWay", moving);
    return object;
  }
}
