package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** No text can become markup. */
final class HtmlTest {

  private static String html(Html html) {
    StringBuilder out = new StringBuilder();
    html.writeTo(out);
    return out.toString();
  }

  @Test
  void textAndAttributesAreText() {
    assertThat(html(el("p", "<script>alert('1')</script> & \"").set("title", "\"><img onerror=x>")))
        .isEqualTo(
            "<p title=\"&quot;&gt;&lt;img onerror=x&gt;\">"
                + "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;</p>");
  }

  @Test
  void controlCharactersAndThoseThatTurnTheWritingShowAsWhatTheyAre() {
    assertThat(html(Html.text("a\u0000\u001B[2J\u007F\u202Eb\u0085\n\tc")))
        .isEqualTo("a␀␛[2J␡\\u202Eb\\u0085\n\tc");
  }

  @Test
  void ordersToATerminalAreLeftOutOfWhatAProgramPrinted() {
    String printed = "\u001B[1;31merror\u001B[0m \u001B]0;title\u0007x\u001B]8;;http://e\u001B\\y\rz";

    assertThat(Escaped.printed(printed)).isEqualTo("error xy\rz");
    assertThat(Escaped.plain(printed)).isEqualTo("error xy␍z");
  }

  @Test
  void whatHoldsAProgramIsNoPartOfAPage() {
    for (String name : List.of("iframe", "object", "style", "base", "p onclick", "")) {
      assertThatThrownBy(() -> el(name)).as(name).isInstanceOf(IllegalArgumentException.class);
    }
    for (String name : List.of("onclick", "onLoad", "style", "srcdoc", "a b", "x>")) {
      assertThatThrownBy(() -> el("p").set(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> el("script").with("alert(1)"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressIsOneOfOursOrOnTheWeb() {
    for (String good : List.of("./", "../releases/x?asked=PAUSE", "https://a.example/b:c", "#main")) {
      assertThat(html(el("a").href(good))).contains("href=");
    }
    for (String bad :
        List.of(
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "vbscript:x")) {
      assertThatThrownBy(() -> el("a").href(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aChartSaysInWordsWhatItShows() {
    Chart chart =
        new Chart(
            "c",
            "Sizes",
            "Release",
            List.of(new Chart.Bar("1.0", 50, 0, "50 B"), new Chart.Bar("1.1", 100, 25, "100 B")));

    assertThat(html(chart.html()))
        .contains(
            "role=\"img\"",
            "<title id=\"c-t\">Sizes</title>",
            "2 bars, the last 1.1: 100 B.",
            "<th scope=\"row\">1.0</th><td>50 B</td>",
            "height=\"70.0\"",
            "class=\"bar bad\"");
  }
}
