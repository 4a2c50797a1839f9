package dev.slipway;

import dev.slipway.build.LogParts;
import dev.slipway.console.Console;
import dev.slipway.console.Desk;
import dev.slipway.console.Entry;
import dev.slipway.console.Links;
import dev.slipway.console.SharedMoves;
import dev.slipway.console.access.Access;
import dev.slipway.console.access.Guard;
import dev.slipway.console.access.Issuer;
import dev.slipway.console.access.LaptopAccess;
import dev.slipway.release.People;
import dev.slipway.release.Policy;
import dev.slipway.console.access.TokenAccess;
import dev.slipway.console.access.WebKeys;
import dev.slipway.console.ask.Log;
import dev.slipway.console.ask.Logs;
import dev.slipway.console.ask.Moves;
import dev.slipway.ledger.Watch;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the console together. */
record ConsoleWiring(Settings settings, Ports ports, Policy policy, Clock clock) {

  private static final String LAPTOP_USER = "you@laptop";
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  Console console() {
    boolean laptop = settings.laptop().isPresent();
    Desk desk =
        new Desk(
            new LedgerReader(ports.ledger(), ports.history()),
            new ServiceSplits(ports.regional(), policy.pace().regions()),
            logs(ports.logParts()),
            new SharedMoves(moves(ports.watch())),
            crate -> planning().of(crate),
            policy.uploads(),
            command -> ports.commandDoor().accept(command));
    Entry entry = new Entry(access(laptop), people(laptop), new Guard(laptop));
    return new Console(desk, entry, new Links(google(laptop)), clock);
  }

  private Planning planning() {
    return new Planning(
        new Planning.Books(ports.ledger(), ports.history()),
        new Planning.Platform(ports.regional(), ports.rehearsal(), ports.forecasts()),
        policy,
        clock);
  }

  private Optional<Links.Google> google(boolean laptop) {
    return laptop
        ? Optional.empty()
        : Optional.of(new Links.Google(settings.project(), settings.region()));
  }

  private People people(boolean laptop) {
    return laptop && policy.people().isUnsaid()
        ? policy.people().alone()
        : policy.people().trusting(policy.approval());
  }

  private Access access(boolean laptop) {
    if (laptop) {
      return new LaptopAccess(LAPTOP_USER);
    }
    HttpClient http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .build();
    List<Issuer> issuers = new ArrayList<>();
    settings
        .callers()
        .iapAudience()
        .ifPresent(
            audience ->
                issuers.add(
                    Issuer.iap(audience, new WebKeys(URI.create(Issuer.IAP_KEYS), http, clock))));
    if (!settings.callers().tokenAudiences().isEmpty()) {
      issuers.add(
          Issuer.google(
              settings.callers().tokenAudiences(),
              new WebKeys(URI.create(Issuer.GOOGLE_KEYS), http, clock)));
    }
    return new TokenAccess(issuers, clock);
  }

  private static Logs logs(LogParts parts) {
    return (buildId, from, most) -> {
      LogParts.Part part = parts.read(buildId, from, most);
      return new Log(part.from(), part.next(), part.text());
    };
  }

  private static Moves moves(Watch watch) {
    return (moved, lost) -> {
      Runnable end =
          watch.watch(
              m -> moved.accept(new Moves.Move(m.release(), m.sequence(), m.stage())), lost);
      return end::run;
    };
  }
}
