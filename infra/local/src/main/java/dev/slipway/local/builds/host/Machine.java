package dev.slipway.local.builds.host;

import dev.slipway.local.builds.ImageStore;
import dev.slipway.local.builds.Objects;
import java.time.Clock;

/** What every build on this machine uses. */
record Machine(Rust rust, Sandbox sandbox, Objects objects, ImageStore images, Clock clock) {}
