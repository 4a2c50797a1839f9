package dev.slipway.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each fault that docs/reliability.md lists is a test named after it. */
final class FaultNamesTest {

  private static final Path ROOT = Path.of(System.getProperty("slipway.root", "../.."));
  private static final Pattern NAME = Pattern.compile("(?:void|Stream<DynamicTest>) fault(\\d\\d)_\\w+\\(");
  private static final List<Integer> ALL = IntStream.rangeClosed(1, 47).boxed().toList();
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");

  @Test
  void everyFaultHasItsTest() {
    Set<Integer> tested = new TreeSet<>();
    for (String module : Set.of("functions", "infra/local", "infra/cli")) {
      tested.addAll(numbers(NAME, ROOT.resolve(module).resolve("src/test/java")));
    }

    assertThat(tested).containsExactlyElementsOf(ALL);
  }

  @Test
  void everyFaultIsInTheDocument() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/reliability.md"));

    assertThat(ROW.matcher(document).results().map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(ALL);
  }

  private static Set<Integer> numbers(Pattern pattern, Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .flatMap(file -> pattern.matcher(read(file)).results())
          .map(FaultNamesTest::number)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(MatchResult found) {
    return Integer.parseInt(found.group(1));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
