package dev.slipway.cli.terminal;

/** What the command line's exit codes mean. */
public final class Exit {

  /** It is done. */
  public static final int DONE = 0;

  /** It failed: it could not be done, or nobody could be reached. */
  public static final int FAILED = 1;

  /** The command line was misused; nothing was done. */
  public static final int MISUSED = 2;

  /** A command was refused, for it means nothing as the release stands; nothing was done. */
  public static final int REFUSED = 3;

  /** The release that was watched ended otherwise than live. */
  public static final int ENDED_BADLY = 4;

  /** The release that was watched had not come to rest in the time given. */
  public static final int OUT_OF_TIME = 5;

  private Exit() {}
}
