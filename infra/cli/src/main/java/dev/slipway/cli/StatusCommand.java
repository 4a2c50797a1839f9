package dev.slipway.cli;

import com.google.cloud.run.v2.Service;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.laptop.Laptop;
import dev.slipway.release.Release;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Shows every service: who serves, and what is on its way. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show every service: its URL, its traffic and what is on its way.")
final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StateOption state;

  @Option(names = "--json", description = "Print the services as a JSON array.")
  private boolean json;

  /** One service, as people ask about it. */
  private record Row(
      ServiceRecord record, Optional<Service> service, List<Release> onTheirWay) {

    String uri() {
      return service.map(Service::getUri).orElse("-");
    }

    String traffic() {
      return service.stream()
          .flatMap(s -> s.getTrafficStatusesList().stream())
          .filter(t -> t.getPercent() > 0)
          .map(t -> t.getPercent() + "% " + t.getRevision())
          .collect(Collectors.joining(", "));
    }

    String live() {
      return record.live().map(Object::toString).orElse("-");
    }

    String moving() {
      return onTheirWay.stream()
          .map(r -> r.id() + " " + r.stage().label())
          .collect(Collectors.joining(", "));
    }
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (Laptop laptop = Laptop.running(state.folder())) {
      List<Row> rows = rows(laptop);
      if (json) {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(json(row)));
        out.println(Plain.json(array.toString()));
      } else if (rows.isEmpty()) {
        out.println("No services yet. Upload a crate with 'slipway push DIR'.");
      } else {
        Table table = new Table("SERVICE", "URL", "LIVE", "TRAFFIC", "ON ITS WAY");
        rows.forEach(
            r -> table.row(r.record().name().value(), r.uri(), r.live(), r.traffic(), r.moving()));
        table.lines().forEach(out::println);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private static List<Row> rows(Laptop laptop) {
    List<Release> active =
        laptop.ledger().active().stream()
            .flatMap(id -> laptop.ledger().view(id).release().stream())
            .toList();
    return laptop.ledger().services().stream()
        .map(
            record ->
                new Row(
                    record,
                    laptop.service(record.name().value()),
                    active.stream()
                        .filter(r -> r.id().service().equals(record.name()))
                        .toList()))
        .toList();
  }

  private static JsonObject json(Row row) {
    JsonObject object = new JsonObject();
    object.addProperty("service", row.record().name().value());
    row.service().ifPresent(s -> object.addProperty("url", s.getUri()));
    row.record().live().ifPresent(live -> object.addProperty("live", live.toString()));
    JsonObject traffic = new JsonObject();
    row.service().stream()
        .flatMap(s -> s.getTrafficStatusesList().stream())
        .filter(t -> t.getPercent() > 0)
        .forEach(t -> traffic.addProperty(t.getRevision(), t.getPercent()));
    object.add("traffic", traffic);
    JsonArray moving = new JsonArray();
    row.onTheirWay().forEach(r -> moving.add(r.id().toString()));
    object.add("onTheirWay", moving);
    return object;
  }
}
