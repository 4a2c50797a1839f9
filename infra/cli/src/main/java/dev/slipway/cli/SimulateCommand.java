package dev.slipway.cli;

import dev.slipway.cli.simulate.Campaign;
import dev.slipway.cli.simulate.RolloutReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts the pipeline to the test of many unlucky days. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Put the pipeline to the test: hours of lost and doubled messages, crashes, stalls and"
          + " rivals, in virtual time.",
      "Each seed is a story of its own, the same each time. The exit code is 1 when an invariant"
          + " did not hold; docs/reliability.md names them."
    })
final class SimulateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "300",
      description = "How many seeds to run (default: ${DEFAULT-VALUE}).")
  private long seeds;

  @Option(
      names = "--from",
      paramLabel = "K",
      defaultValue = "1",
      description = "The first of them (default: ${DEFAULT-VALUE}).")
  private long from;

  @Option(names = "--seed", paramLabel = "K", description = "Run this seed alone and tell its story.")
  private @Nullable Long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to FILE.")
  private @Nullable Path json;

  @Option(
      names = "--rollouts",
      description =
          "Instead, rehearse named rollouts (healthy, slow burn, no traffic ...) and print what"
              + " becomes of each: docs/rollout-simulations.md.")
  private boolean rollouts;

  @Override
  public Integer call() throws IOException {
    // What the pipeline logs of each fault would be longer than the story.
    java.util.logging.LogManager.getLogManager().reset();
    PrintWriter out = spec.commandLine().getOut();
    if (rollouts) {
      out.print(RolloutReport.markdown());
      out.flush();
      return 0;
    }
    if (seed != null) {
      boolean held = Campaign.tell(seed, out::println);
      out.println(held ? "Every invariant held." : "An invariant did not hold.");
      out.flush();
      return held ? 0 : 1;
    }
    if (seeds < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--seeds must be at least 1, not " + seeds);
    }
    Campaign campaign = Campaign.run(from, seeds);
    campaign.lines().forEach(out::println);
    out.flush();
    if (json != null) {
      Files.writeString(json, campaign.json() + "\n");
    }
    return campaign.isClean() ? 0 : 1;
  }
}
