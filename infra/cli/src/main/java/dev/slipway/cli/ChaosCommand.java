package dev.slipway.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.LaptopChaos;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Plain;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets things go wrong in a running laptop cloud. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Let things go wrong in the running laptop cloud, as they do in the real one:",
      "calls fail, time out or stall; messages are lost, late, repeated or overtaken.",
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ChaosCommand.Add.class,
      ChaosCommand.ListRules.class,
      ChaosCommand.Clear.class,
      ChaosCommand.Restart.class,
    })
final class ChaosCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? Try 'slipway chaos list'.");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Put a rule into force.",
      footer = {
        "",
        "Examples:",
        "  slipway chaos add rpc:google.cloud.run.v2.Services/UpdateService \\",
        "    timeout --times 1",
        "  slipway chaos add 'http:POST /slack/api/*' before --status 429 --every 3",
        "  slipway chaos add event:builds duplicate --for 2s --probability 0.2"
      })
  static final class Add implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StateOption state;

    @Option(names = "--json", description = "Print the rule as JSON.")
    private boolean json;

    @Parameters(
        index = "0",
        paramLabel = "PLACE:NAME",
        description =
            "Where: rpc:SERVICE/METHOD, 'http:METHOD PATH', function:NAME, event:TRIGGER or"
                + " message:SUBSCRIPTION; * stands for anything.")
    private String where = "";

    @Parameters(
        index = "1",
        paramLabel = "FAULT",
        description =
            "What happens. To a call: before (an error, and nothing was done), after (done, then"
                + " an error), timeout (done, no answer), stall. To a message: drop, delay,"
                + " duplicate, reorder.")
    private String fault = "";

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description = "The error: UNAVAILABLE, ABORTED ... of an RPC; 503, 429 ... over HTTP.")
    private @Nullable String status;

    @Option(
        names = "--for",
        paramLabel = "DURATION",
        description = "How long it stalls or is late, as 5s or 2m.")
    private @Nullable String duration;

    @Option(
        names = "--times",
        paramLabel = "N",
        description = "At most so often (default: without end).")
    private int times;

    @Option(
        names = "--every",
        paramLabel = "N",
        defaultValue = "1",
        description = "Each so many-th only (default: 1).")
    private int every = 1;

    @Option(
        names = "--probability",
        paramLabel = "P",
        defaultValue = "1",
        description = "Of those, so large a share, 0 to 1 (default: 1).")
    private double probability = 1;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "What the draws follow from: same seed, same draws (default: 0).")
    private long seed;

    @Override
    public Integer call() {
      JsonObject rule = new JsonObject();
      rule.addProperty("where", where);
      rule.addProperty("fault", fault.toLowerCase(Locale.ROOT));
      Optional.ofNullable(status).ifPresent(s -> rule.addProperty("status", s));
      Optional.ofNullable(duration).ifPresent(d -> rule.addProperty("duration", iso(d)));
      rule.addProperty("times", times);
      rule.addProperty("every", every);
      rule.addProperty("probability", probability);
      rule.addProperty("seed", seed);
      JsonElement added = LaptopChaos.running(state.folder()).add(rule);
      print(spec, json, added, "Rule %s is in force.", added);
      return CommandLine.ExitCode.OK;
    }

    private String iso(String text) {
      try {
        return Duration.parse(text.startsWith("P") ? text : "PT" + text).toString();
      } catch (DateTimeParseException e) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--for is a duration as 5s, 2m or 1h30m, not '" + text + "'", e);
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the rules in force, and how often each struck.")
  static final class ListRules implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StateOption state;

    @Option(names = "--json", description = "Print the rules as a JSON array.")
    private boolean json;

    @Override
    public Integer call() {
      var out = spec.commandLine().getOut();
      JsonArray rules = LaptopChaos.running(state.folder()).rules();
      if (json) {
        out.println(rules);
      } else if (rules.isEmpty()) {
        out.println("No rules: nothing goes wrong on purpose.");
      } else {
        Table table = new Table("RULE", "WHERE", "FAULT", "STATUS", "FOR", "SEEN", "STRUCK");
        for (JsonElement each : rules) {
          JsonObject rule = each.getAsJsonObject();
          table.row(
              text(rule, "id"),
              text(rule, "where"),
              text(rule, "fault"),
              text(rule, "status"),
              text(rule, "duration"),
              text(rule, "seen"),
              text(rule, "struck"));
        }
        table.lines().forEach(out::println);
      }
      return CommandLine.ExitCode.OK;
    }
  }

  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      description = "Take rules back: the one named, or all.")
  static final class Clear implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StateOption state;

    @Option(names = "--json", description = "Print what was taken back as JSON.")
    private boolean json;

    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "RULE",
        description = "Its id, as 'slipway chaos list' has it (default: all).")
    private @Nullable String id;

    @Override
    public Integer call() {
      LaptopChaos chaos = LaptopChaos.running(state.folder());
      if (id == null) {
        print(spec, json, chaos.clear(), "No rule is in force any more.", null);
      } else {
        JsonElement removed = chaos.remove(id);
        print(spec, json, removed, "Rule %s is taken back.", removed);
      }
      return CommandLine.ExitCode.OK;
    }
  }

  @Command(
      name = "restart",
      mixinStandardHelpOptions = true,
      description =
          "Stop the laptop cloud that 'slipway up' runs, in the middle of whatever it does, and"
              + " start it again.")
  static final class Restart implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StateOption state;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
      LaptopChaos chaos = LaptopChaos.running(state.folder());
      JsonElement answer = chaos.restart();
      print(spec, json, answer, "The laptop cloud is restarting.", null);
      return CommandLine.ExitCode.OK;
    }
  }

  private static void print(
      CommandSpec spec, boolean json, JsonElement answer, String words, @Nullable JsonElement rule) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
    } else if (rule == null) {
      out.println(words);
    } else {
      out.printf(Locale.ROOT, words + "%n", text(rule.getAsJsonObject(), "id"));
    }
  }

  private static String text(JsonObject rule, String field) {
    if (!rule.has(field)) {
      throw new Failure("The laptop cloud answered a rule without '" + field + "': " + rule);
    }
    return Plain.line(rule.get(field).getAsString());
  }
}
