package dev.slipway.local.builds;

import java.util.Map;

/** Where each change of a build is told: at Google's the topic {@code cloud-builds}. */
public interface BuildMessages {

  /**
   * Publishes a build as it stands; called once a change of status, in order.
   *
   * @param attributes {@code buildId} and {@code status}
   * @param json the build as JSON, in UTF-8
   */
  void publish(Map<String, String> attributes, byte[] json);
}
