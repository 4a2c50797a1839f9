package dev.slipway.notify;

import com.google.gson.JsonObject;

/** The port to what Slack shows to one person. */
public interface Dialogs {

  /**
   * Opens a dialog, at once: Slack takes it within three seconds of the click.
   *
   * @param trigger what Slack gave with the click
   * @param view Block Kit JSON of a modal view
   */
  void open(String trigger, JsonObject view);
}
