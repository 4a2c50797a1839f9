package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;

/**
 * A build to be carried out.
 *
 * @param build what was submitted
 * @param log where all that is printed goes
 * @param cancellation tells when to stop
 */
public record Job(Build build, BuildLog log, Cancellation cancellation) {}
