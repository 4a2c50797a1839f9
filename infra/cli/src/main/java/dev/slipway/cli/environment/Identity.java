package dev.slipway.cli.environment;

import java.util.Optional;

/** Says who asks: the port to whoever vouches for the person at the command line. */
public interface Identity {

  /** A laptop's: nobody has to say who they are. */
  Identity NONE = Optional::empty;

  /**
   * A signed identity token; empty where none is needed.
   *
   * @throws dev.slipway.cli.laptop.Failure when nobody vouches
   */
  Optional<String> token();
}
