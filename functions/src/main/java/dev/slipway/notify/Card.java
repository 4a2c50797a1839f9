package dev.slipway.notify;

import com.google.gson.JsonArray;

/**
 * Something to be posted.
 *
 * @param text what a notification shows of it: one line of mrkdwn
 * @param blocks Block Kit JSON, within Slack's limits
 */
public record Card(String text, JsonArray blocks) {}
