package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Command;
import dev.slipway.release.Policy;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Stage;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read names everything there is, and links to what is there. */
final class DocumentationTest {

  private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

  /** The target of a Markdown link, without the part after the hash. */
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  @Test
  void everySettingIsExplained() throws IOException {
    String operations = read("docs/operations.md");

    assertThat(settings()).isNotEmpty().allSatisfy(key -> assertHas(operations, key));
  }

  private static List<String> settings() {
    return Arrays.stream(Settings.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(DocumentationTest::value)
        .toList();
  }

  private static String value(java.lang.reflect.Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thePolicyShownIsOneThatCanBeRead() throws IOException {
    String operations = read("docs/operations.md");

    String shown = operations.split("```yaml\n", 2)[1].split("```", 2)[0];

    assertThat(PolicyDocument.read(shown).pace().steps())
        .isEqualTo(Policy.DEFAULT.pace().steps());
  }

  @Test
  void everyCommandIsExplained() throws IOException {
    String operations = read("docs/operations.md");

    assertThat(Command.Kind.values()).allSatisfy(kind -> assertHas(operations, kind.name()));
  }

  @Test
  void everyStageAndEveryEventIsInTheTable() throws IOException {
    String architecture = read("docs/architecture.md");

    assertThat(leaves(Stage.class)).allSatisfy(stage -> assertHas(architecture, label(stage)));
    assertThat(leaves(ReleaseEvent.class))
        .filteredOn(event -> event != ReleaseEvent.Received.class)
        .filteredOn(event -> event != ReleaseEvent.Rejected.class)
        .allSatisfy(event -> assertHas(architecture, event.getSimpleName()));
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
          broken.add(ROOT.relativize(page) + ": " + target);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
          .filter(path -> path.toString().endsWith(".md"))
          .toList();
    }
  }

  private static List<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .<Class<?>>flatMap(each -> leaves(each).stream())
            .toList()
        : List.of(type);
  }

  /** As {@link Stage#label} makes it. */
  private static String label(Class<?> stage) {
    return stage
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private static void assertHas(String text, String word) {
    assertThat(text).contains("`" + word + "`");
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
