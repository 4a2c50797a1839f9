package dev.slipway;

import dev.slipway.notify.Announcer;
import dev.slipway.notify.Card;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Logs what was posted. */
record LoggedAnnouncer(Announcer announcer) implements Announcer {

  private static final Logger LOG = System.getLogger(LoggedAnnouncer.class.getName());

  @Override
  public String post(Address to, Card card) {
    String posted = announcer.post(to, card);
    LOG.log(Level.INFO, "posted the {0} of {1} in {2}", to.key(), to.release(), to.channel());
    return posted;
  }

  @Override
  public void edit(Address to, String message, Card card) {
    announcer.edit(to, message, card);
    LOG.log(Level.INFO, "edited the message of {0} in {1}", to.release(), to.channel());
  }

  @Override
  public Optional<String> find(Address at) {
    return announcer.find(at);
  }

  @Override
  public boolean isEditable() {
    return announcer.isEditable();
  }
}
