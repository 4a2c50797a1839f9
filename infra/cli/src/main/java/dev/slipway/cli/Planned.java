package dev.slipway.cli;

import dev.slipway.cli.terminal.Line;
import dev.slipway.cli.terminal.Tone;
import dev.slipway.release.BuildCost;
import dev.slipway.release.BuildForecast;
import dev.slipway.release.Crate;
import dev.slipway.release.Plan;
import dev.slipway.release.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan, as it is written on the command line. */
final class Planned {

  private final Plan plan;
  private final List<Line> lines = new ArrayList<>();

  private Planned(Plan plan) {
    this.plan = plan;
  }

  static List<Line> lines(Crate crate, Plan plan) {
    Planned planned = new Planned(plan);
    planned.lines.add(
        Line.of(Tone.STRONG, plan.service().value())
            .and(": %s %s, program %s".formatted(crate.name(), crate.version(), crate.binary())));
    planned.row("live", plan.live().map(Object::toString).orElse("nothing yet"));
    planned.row("traffic", shares(plan.before()));
    plan.elsewhere()
        .forEach(there -> planned.row("", there.region() + ": " + shares(there.before())));
    plan.build().ifPresent(planned::build);
    planned.hurdles();
    planned.moves();
    return planned.lines;
  }

  private void row(String label, String what) {
    row(Tone.PLAIN, label, what);
  }

  private void row(Tone tone, String label, String what) {
    lines.add(Line.of(tone, "  %-8s %s".formatted(label, what)));
  }

  private void build(BuildForecast build) {
    BuildForecast.Target target = build.target();
    String features =
        target.features().isEmpty() ? "" : ", features " + String.join(", ", target.features());
    row(
        "build",
        "package %s, program %s, profile %s%s%s%s%s"
            .formatted(
                target.crate(),
                target.binary(),
                target.profile().name().toLowerCase(Locale.ROOT),
                features,
                target.defaultFeatures() ? "" : ", without default features",
                target.toolchain().map(channel -> ", Rust " + channel).orElse(""),
                target.tests() ? ", its tests first" : ""));
    row("base", build.base().label() + ", as planned; the program itself has the last word");
    row("cache", cache(build.dependencies()));
    row("machine", build.machine().map(Planned::machine).orElse("none that costs money"));
    build.like().ifPresent(like -> row("takes", like(like)));
  }

  private static String cache(BuildForecast.Dependencies dependencies) {
    String key = dependencies.key().substring(dependencies.key().lastIndexOf(':') + 1);
    return dependencies
            .cached()
            .map(there -> there ? "the dependencies are compiled" : "every dependency is compiled anew")
            .orElse("whether the dependencies are compiled cannot be told here")
        + " (key %s)".formatted(key);
  }

  private static String machine(BuildForecast.Machine machine) {
    return machine.type()
        + machine
            .microUsdPerMinute()
            .map(micro -> ", " + usd(micro / 1e6) + " a minute")
            .orElse("");
  }

  private static String usd(double dollars) {
    return String.format(Locale.ROOT, "$%.3f", dollars);
  }

  private static String like(BuildForecast.Like like) {
    return "about %s%s, as %s did"
        .formatted(
            span(like.time()),
            like.cost().usd().map(usd -> " and " + usd(usd.doubleValue())).orElse(""),
            like.release());
  }

  private static String span(Duration time) {
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + " s";
  }

  private void hurdles() {
    plan.hurdles().refusals().forEach(f -> row(Tone.BAD, "refused", f.toString()));
    plan.check()
        .objection()
        .ifPresent(why -> row(Tone.BAD, "refused", "by Cloud Run: " + why));
    plan.check()
        .unasked()
        .ifPresent(why -> row(Tone.FAINT, "unasked", "Cloud Run was not asked to check it: " + why));
    plan.hurdles().waits().forEach(why -> row(Tone.WAITING, "waits", why));
    plan.hurdles().limits().forEach(limit -> row("limit", limit));
  }

  private void moves() {
    int number = 1;
    for (Plan.Move move : plan.moves()) {
      lines.add(Line.of("  %d. %s".formatted(number++, move.what())));
      String lasts = move.lasts().isZero() ? "" : ", for " + move.lasts().toSeconds() + " s";
      lines.add(Line.of(Tone.FAINT, "     traffic: " + shares(move.after()) + lasts));
      move.gates().forEach(gate -> lines.add(Line.of(Tone.FAINT, "     gate: " + gate)));
    }
  }

  private static String shares(List<Traffic.Share> shares) {
    return shares.isEmpty()
        ? "none"
        : shares.stream()
            .map(share -> share.percent() + "% " + share.revision())
            .collect(Collectors.joining(", "));
  }
}
