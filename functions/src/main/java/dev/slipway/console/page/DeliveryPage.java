package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

import dev.slipway.release.Delivery;
import java.util.List;
import java.util.Locale;

/** How well releases are delivered. */
public record DeliveryPage(Delivery delivery) {

  /** The page. */
  public String html(Frame frame) {
    List<Chart.Bar> deployments =
        delivery.days().stream()
            .map(
                day ->
                    new Chart.Bar(
                        day.day().toString(),
                        day.reached(),
                        day.failed(),
                        "%d, %d failed".formatted(day.reached(), day.failed())))
            .toList();
    List<Chart.Bar> leads =
        delivery.days().stream()
            .map(
                day ->
                    new Chart.Bar(
                        day.day().toString(),
                        day.leadTime().map(lead -> lead.toMillis()).orElse(0L),
                        0,
                        day.leadTime().map(Shown::span).orElse("none")))
            .toList();
    return frame.page(
        "Delivery",
        Html.of(
            el("h1", "Delivery"),
            Frame.live("figures", "The last %d days".formatted(delivery.days().size()))
                .with(figures(delivery)),
            Frame.live("deployments", "Releases that reached users")
                .with(
                    new Chart("deployments-chart", "Releases that reached users", "Day", deployments)
                        .html()),
            Frame.live("leads", "Lead time")
                .with(new Chart("leads-chart", "Median lead time", "Day", leads).html())));
  }

  /** The four figures, each with what it means. */
  static Html figures(Delivery delivery) {
    Tag list = el("dl").cls("figures");
    figure(
        list,
        "Lead time",
        delivery.leadTime().map(Shown::span).orElse("–"),
        "median from upload to all the traffic"
            + delivery.slowLeadTime().map(s -> "; 90 % within " + Shown.span(s)).orElse(""));
    figure(
        list,
        "Frequency",
        String.format(Locale.ROOT, "%.1f a day", delivery.perDay()),
        "%d shipped".formatted(delivery.shipped()));
    figure(
        list,
        "Failure rate",
        delivery.failureRate().map(Shown::percent).orElse("–"),
        "%d of %d that reached users were taken back"
            .formatted(delivery.failed(), delivery.reached()));
    figure(
        list,
        "Time to restore",
        delivery.timeToRestore().map(Shown::span).orElse("–"),
        "median from the rollback's begin until what served before served again");
    return list;
  }

  private static void figure(Tag list, String term, String value, String meaning) {
    list.with(
        el("div").with(el("dt", term), el("dd", value).cls("big"), el("dd", meaning).cls("faint")));
  }
}
