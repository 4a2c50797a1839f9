package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.environment.Environments;
import dev.slipway.cli.environment.FakeConsole;
import dev.slipway.cli.release.Hostile;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Surroundings;
import dev.slipway.release.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What uploaders, builds and logs wrote, shown on somebody's terminal. */
final class HostileTextTest {

  @TempDir Path folder;

  private final Hostile hostile = new Hostile();
  private final StringWriter out = new StringWriter();
  private FakeConsole console;

  @BeforeEach
  void start() throws IOException {
    console = new FakeConsole();
    hostile.on(console);
    Files.writeString(
        folder.resolve("environments.yaml"),
        """
        environments:
          theirs:
            console: %s
            bucket: their-uploads
            project: theirs
            identity: none
        """
            .formatted(console.address()));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private int slipway(List<String> args) {
    Surroundings surroundings =
        new Surroundings(
            Map.of(
                Environments.CONFIG, folder.resolve("environments.yaml").toString(),
                Environments.ENV, "theirs"),
            folder,
            false);
    PrintWriter writer = new PrintWriter(out);
    return new Main(writer, writer, surroundings).run(args.toArray(String[]::new));
  }

  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    for (String command :
        List.of("status", "releases", "release hello", "explain hello", "sizes", "sizes hello",
            "watch hello", "env list", "env show")) {
      all.add(List.of(command.split(" ")));
    }
    for (Command.Kind kind : Command.Kind.values()) {
      all.add(List.of(kind.name().toLowerCase(Locale.ROOT), "hello", "--reason", "r"));
    }
    List<List<String>> both = new ArrayList<>(all);
    for (List<String> args : all) {
      List<String> json = new ArrayList<>(args);
      json.add("--json");
      both.add(json);
    }
    return both.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void nothingHarmfulReachesTheTerminal(List<String> args) {
    int exit = slipway(args);

    assertThat(exit).as(out.toString()).isIn(Exit.DONE, Exit.REFUSED, Exit.ENDED_BADLY);
    assertThat(out.toString()).isNotBlank();
    assertThat(out.toString().codePoints().filter(c -> c != '\n'))
        .allMatch(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
    assertThat(out.toString().lines()).noneMatch(line -> line.startsWith("slipway: all is well"));
  }

  @Test
  void aRefusalNamesItsReasonAndWhatCanBeAskedInstead() {
    int exit = slipway(List.of("pause", "hello"));

    assertThat(exit).isEqualTo(Exit.REFUSED);
    assertThat(out.toString()).contains("You can ask of it: retry");
  }

  @Test
  void whatEndedBadlyIsTheExitCodeOfWatching() {
    assertThat(slipway(List.of("watch", hostile.id().toString()))).isEqualTo(Exit.ENDED_BADLY);
  }

  @Test
  void aNameThatIsNearlyRightIsAnsweredWithTheRightOne() {
    assertThat(slipway(List.of("release", "helo"))).isEqualTo(Exit.FAILED);

    assertThat(out.toString()).contains("There is no release or service 'helo'", "Is it hello?");
  }

  @Test
  void theBeginningOfAnIdOrOfItsKeyIsEnough() {
    String key = hostile.id().key();

    assertThat(slipway(List.of("release", "hello-" + key.substring(0, 4)))).isZero();
    assertThat(slipway(List.of("release", key.substring(0, 5)))).isZero();
    assertThat(slipway(List.of("release", key.substring(0, 3)))).isEqualTo(Exit.FAILED);
  }

  @Test
  void toOverrideWithoutAReasonIsMisuse() {
    assertThat(slipway(List.of("override", "hello"))).isEqualTo(Exit.MISUSED);

    assertThat(console.asked()).isEmpty();
  }
}
