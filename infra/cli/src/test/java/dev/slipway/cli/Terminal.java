package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Somebody with a terminal, at a running cloud. */
public record Terminal(Path state) {

  public static Terminal of(Path state) {
    return new Terminal(state);
  }

  /** What a command prints that succeeds. */
  public String shows(String command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(Arrays.asList(arguments));
    line.addAll(List.of("--state", state.toString()));
    int code =
        new Main(new PrintWriter(out), new PrintWriter(err)).run(line.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }
}
