package dev.slipway;

import java.util.List;

/**
 * A program that makes the functions and all they use, as on Google Cloud: with credentials and
 * TLS, from environment variables. It calls nothing.
 */
public final class MakesEveryClient {

  private MakesEveryClient() {}

  public static void main(String[] args) {
    Wiring wiring = Wiring.shared();
    List<Object> made =
        List.of(
            new BuildFunction(),
            new DeployFunction(),
            new NotifyFunction(),
            new ConsoleFunction(),
            wiring.intake(),
            wiring.advance(),
            wiring.commands(),
            wiring.sweep(dev.slipway.pipeline.Duty.ALL),
            wiring.notifier(),
            wiring.console());
    System.out.println("made " + made.size());
    System.exit(0);
  }
}
