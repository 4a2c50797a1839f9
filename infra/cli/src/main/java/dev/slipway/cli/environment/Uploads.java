package dev.slipway.cli.environment;

import com.google.cloud.storage.Storage;

/** Where an environment's crates are uploaded to. */
public record Uploads(String bucket, Storage storage) {}
