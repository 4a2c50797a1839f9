package dev.slipway.console;

import dev.slipway.console.ask.Ask;
import dev.slipway.console.ask.Logs;
import dev.slipway.console.ask.Moves;
import dev.slipway.console.ask.Splits;
import dev.slipway.release.Command;
import dev.slipway.release.Crate;
import dev.slipway.release.Limits;
import dev.slipway.release.Plan;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the console reads from, and where it hands commands in.
 *
 * @param plans what a release of a crate would do; an {@link IllegalArgumentException} says what is
 *     wrong with its description
 * @param limits how much of everything an upload may have
 * @param door the one door for commands, from wherever they are asked
 */
public record Desk(
    Ask ask,
    Splits splits,
    Logs logs,
    Moves moves,
    Function<Crate, Plan> plans,
    Limits limits,
    Consumer<Command> door) {}
