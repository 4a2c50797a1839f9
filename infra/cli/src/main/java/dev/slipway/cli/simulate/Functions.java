package dev.slipway.cli.simulate;

import dev.slipway.Ports;
import dev.slipway.Settings;
import dev.slipway.Wiring;
import dev.slipway.notify.Notifier;
import dev.slipway.pipeline.Advance;
import dev.slipway.pipeline.Commands;
import dev.slipway.pipeline.Duty;
import dev.slipway.pipeline.Intake;
import dev.slipway.pipeline.Sweep;
import java.util.Map;

/**
 * The functions' own pipeline, wired as they wire it, by what sets each part to work.
 *
 * @param intake hears of uploads
 * @param advance hears of builds
 * @param commands hears of people's commands
 * @param notifier hears of what the ledger publishes
 * @param building hears of ticks in the function that has crates built
 * @param deploying hears of ticks in the one that deploys them
 */
record Functions(
    Intake intake,
    Advance advance,
    Commands commands,
    Notifier notifier,
    Sweep building,
    Sweep deploying) {

  private static final Settings SETTINGS =
      Settings.from(
          Map.of(
              Settings.PROJECT, "simulated",
              Settings.REGION, World.REGION,
              Settings.DATABASE, "slipway",
              Settings.UPLOAD_BUCKET, World.BUCKET,
              Settings.SOURCE_BUCKET, "sources",
              Settings.REPOSITORY, "registry/simulated/images",
              Settings.RELEASE_TOPIC, "release-events",
              Settings.SLACK_CHANNEL, "C0",
              Settings.SLACK_TOKEN, "xoxb-simulated"));

  /** On those platforms, under that policy. */
  static Functions on(Ports ports, Advance.Context context) {
    Wiring wiring = new Wiring(SETTINGS, ports, context);
    return new Functions(
        wiring.intake(),
        wiring.advance(),
        wiring.commands(),
        wiring.notifier(),
        wiring.sweep(Duty.BUILD),
        wiring.sweep(Duty.DEPLOY));
  }
}
