package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A chart of bars as inline SVG, with a table of the same for who cannot see it.
 *
 * @param id unique in its page
 * @param title what it shows
 * @param unit what a bar stands for, the table's first heading
 * @param bars from left to right
 */
record Chart(String id, String title, String unit, List<Bar> bars) {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 140;
  private static final int FOOT = 4;
  private static final int WIDEST = 40;

  Chart {
    bars = List.copyOf(bars);
  }

  /**
   * One bar.
   *
   * @param label what it stands for
   * @param value its height, of the highest one's
   * @param bad how much of the value is to be marked
   * @param shown the value in words
   */
  record Bar(String label, double value, double bad, String shown) {}

  Html html() {
    return el("figure").cls("chart").with(top(), svg(), ends(), table());
  }

  /** What the highest bar stands for: it gives the others their measure. */
  private Html top() {
    return bars.stream()
        .filter(bar -> bar.value() > 0)
        .max(Comparator.comparingDouble(Bar::value))
        .<Html>map(bar -> el("p", "Highest: " + bar.shown()).cls("faint"))
        .orElseGet(() -> el("p", "Nothing yet.").cls("faint"));
  }

  private Html ends() {
    if (bars.size() < 2) {
      return bars.isEmpty() ? Html.NOTHING : el("p", bars.getFirst().label()).cls("ends");
    }
    return el("p")
        .cls(bars.size() * WIDEST < WIDTH ? "ends" : "ends wide-apart")
        .with(el("span", bars.getFirst().label()), el("span", " to "), el("span", bars.getLast().label()));
  }

  private double highest() {
    return bars.stream().mapToDouble(Bar::value).max().orElse(0);
  }

  private Tag svg() {
    Tag svg =
        el("svg")
            .set("viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT + FOOT))
            .set("preserveAspectRatio", "none")
            .set("role", "img")
            .set("aria-labelledby", id + "-t " + id + "-d")
            .with(el("title", title).id(id + "-t"), el("desc", description()).id(id + "-d"));
    double step = Math.min(WIDEST, WIDTH / (double) Math.max(1, bars.size()));
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), i * step, step * 0.8);
    }
    return svg.with(
        el("line")
            .cls("axis")
            .set("x1", 0)
            .set("x2", WIDTH)
            .set("y1", HEIGHT + 1)
            .set("y2", HEIGHT + 1));
  }

  private void bar(Tag svg, Bar bar, double x, double width) {
    double unit = highest() <= 0 ? 0 : HEIGHT / highest();
    Tag group = el("g").with(el("title", bar.label() + ": " + bar.shown()));
    double good = Math.max(0, bar.value() - bar.bad()) * unit;
    double bad = bar.bad() * unit;
    group.with(rectangle("bar", x, width, HEIGHT - good, good));
    if (bad > 0) {
      group.with(rectangle("bar bad", x, width, HEIGHT - good - bad, bad));
    }
    svg.with(group);
  }

  private static Tag rectangle(String cls, double x, double width, double y, double height) {
    return el("rect")
        .cls(cls)
        .set("x", number(x))
        .set("y", number(y))
        .set("width", number(width))
        .set("height", number(height));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private String description() {
    return bars.isEmpty()
        ? "Nothing yet."
        : "%d bars, the last %s: %s."
            .formatted(bars.size(), bars.getLast().label(), bars.getLast().shown());
  }

  private Html table() {
    Tag body = el("tbody");
    bars.forEach(
        bar ->
            body.with(
                el("tr").with(el("th", bar.label()).set("scope", "row"), el("td", bar.shown()))));
    return el("details")
        .id(id + "-as-table")
        .with(
            el("summary", "As a table"),
            el("div")
                .cls("wide")
                .with(
                    el("table")
                        .with(
                            el("thead")
                                .with(
                                    el("tr")
                                        .with(
                                            el("th", unit).set("scope", "col"),
                                            el("th", title).set("scope", "col"))),
                            body)));
  }
}
