package dev.slipway.console.page;

import static dev.slipway.console.page.Html.el;

/**
 * A page that only says something: that there is nothing, or that something may not be done.
 *
 * @param title a few words
 * @param says what was asked for, why it is not done, what to do
 */
public record Notice(String title, String says) {

  /** The page. */
  public String html(Frame frame) {
    return frame.page(
        title,
        Html.of(
            el("h1", title),
            el("p", says).set("role", "alert"),
            el("p").with(frame.link("", "To the services"))));
  }
}
