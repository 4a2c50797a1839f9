package dev.slipway;

import dev.slipway.audit.Advisories;
import dev.slipway.audit.Sboms;
import dev.slipway.build.BuildForecasts;
import dev.slipway.build.Builds;
import dev.slipway.build.Copies;
import dev.slipway.build.ImageVersions;
import dev.slipway.build.Images;
import dev.slipway.build.LogParts;
import dev.slipway.ledger.Catalog;
import dev.slipway.ledger.History;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Opinions;
import dev.slipway.ledger.Outbox;
import dev.slipway.ledger.Watch;
import dev.slipway.notify.Announcer;
import dev.slipway.notify.Dialogs;
import dev.slipway.notify.Notices;
import dev.slipway.notify.Receipts;
import dev.slipway.pipeline.Promotions;
import dev.slipway.release.Command;
import dev.slipway.release.Question;
import dev.slipway.rollout.Jobs;
import dev.slipway.rollout.Logs;
import dev.slipway.rollout.Metrics;
import dev.slipway.rollout.Regional;
import dev.slipway.rollout.Rehearsal;
import dev.slipway.rollout.Revisions;
import dev.slipway.rollout.Services;
import dev.slipway.rollout.Smoke;
import dev.slipway.source.Locks;
import dev.slipway.source.Sources;
import dev.slipway.source.Uploads;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every port of the functions, each made when it is first asked for: a function starts with the
 * clients it uses and no others.
 */
public interface Ports {

  Sources sources();

  Uploads uploads();

  Locks locks();

  Sboms sboms();

  /** Empty where the team has no advisory database. */
  Optional<Advisories> advisories();

  Builds builds();

  BuildForecasts forecasts();

  Images images();

  Copies copies();

  ImageVersions imageVersions();

  /** The environment that releases are promoted from; empty where there is none. */
  Optional<Promotions.Upstream> upstream();

  LogParts logParts();

  /** Of the environment's own region. */
  Services services();

  Regional regional();

  /** In a region; empty for the environment's own. */
  Rehearsal rehearsal(Optional<String> region);

  /** In a region; empty for the environment's own. */
  Revisions revisions(Optional<String> region);

  Smoke smoke();

  Jobs jobs();

  Metrics metrics();

  Logs logs();

  Ledger ledger();

  Catalog catalog();

  History history();

  Outbox outbox();

  Watch watch();

  /** The one door for what people ask. */
  Consumer<Command> commandDoor();

  /** The same door, for what is only asked of the platform. */
  Consumer<Question> questionDoor();

  /** Where the answers are left. */
  Opinions opinions();

  Notices notices();

  Announcer announcer();

  Dialogs dialogs();

  Receipts receipts();
}
