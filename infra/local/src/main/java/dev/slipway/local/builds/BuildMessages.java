package dev.slipway.local.builds;

import com.google.cloudbuild.v1.Build;

/**
 * Where each change of a build is told: at Google's the topic {@code cloud-builds}, a message with
 * the attributes {@code buildId} and {@code status} and the build as JSON.
 */
public interface BuildMessages {

  /** Publishes the build as it stands; called once a change of status, in order. */
  void publish(Build build);
}
