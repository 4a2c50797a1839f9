package dev.slipway.local.builds.host;

import dev.slipway.local.builds.ImageStore;
import dev.slipway.local.builds.Objects;
import dev.slipway.local.builds.image.BaseLayers;
import dev.slipway.local.builds.work.Guard;
import dev.slipway.local.time.Scheduler;
import java.time.Clock;

/** What every build on this machine uses. */
record Machine(
    Rust rust,
    Sandbox sandbox,
    BaseLayers bases,
    Objects objects,
    ImageStore images,
    Clock clock,
    Scheduler scheduler,
    Guard.Limits limits) {}
