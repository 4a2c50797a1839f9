package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionCommandTest {

  @TempDir Path folder;

  private String script(String shell) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    assertThat(new Main(writer, writer).run("completion", shell)).isZero();
    return out.toString();
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path bash = Path.of("/bin/bash");
    if (!Files.isExecutable(bash)) {
      System.out.println("Skipped, there is no /bin/bash");
      Assumptions.abort("there is no /bin/bash");
    }
    Path script = folder.resolve("completion");
    Files.writeString(script, script("bash"));
    String asked =
        """
        compopt() { :; } # bash has it only while it completes
        source %s
        for words in 'expl' 'rollback --rea'; do
          COMP_WORDS=(slipway $words); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
          _complete_slipway; echo "${COMPREPLY[@]}"
        done
        """
            .formatted(script);

    Process process =
        new ProcessBuilder(bash.toString(), "-c", asked).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(said.lines()).containsExactly("explain", "--reason");
  }

  @Test
  void zshIsGivenWhatItLoadsThroughBashcompinit() {
    assertThat(script("zsh")).contains("bashcompinit", "explain");
  }
}
