package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Somebody with a terminal, at a running cloud. */
public record Terminal(Path state) {

  public static Terminal of(Path state) {
    return new Terminal(state);
  }

  /** Runs a command; what it prints goes to one writer. */
  public int runs(Writer out, String command, String... arguments) {
    PrintWriter printer = new PrintWriter(out);
    return new Main(printer, printer).run(line(command, arguments));
  }

  private String[] line(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(Arrays.asList(arguments));
    line.addAll(List.of("--state", state.toString()));
    return line.toArray(String[]::new);
  }

  /** What a command prints that succeeds. */
  public String shows(String command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new Main(new PrintWriter(out), new PrintWriter(err)).run(line(command, arguments));
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }
}
