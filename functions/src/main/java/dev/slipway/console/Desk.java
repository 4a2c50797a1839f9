package dev.slipway.console;

import dev.slipway.console.ask.Ask;
import dev.slipway.console.ask.Logs;
import dev.slipway.console.ask.Moves;
import dev.slipway.console.ask.Splits;
import dev.slipway.release.Command;
import java.util.function.Consumer;

/**
 * What the console reads from, and where it hands commands in.
 *
 * @param door the one door for commands, from wherever they are asked
 */
public record Desk(Ask ask, Splits splits, Logs logs, Moves moves, Consumer<Command> door) {}
