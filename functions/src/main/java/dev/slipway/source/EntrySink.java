package dev.slipway.source;

import java.io.IOException;
import java.io.InputStream;

/** Takes the entries of an archive, one after another. */
interface EntrySink {

  /**
   * Takes one.
   *
   * @param content its content; what is left unread of it is skipped
   */
  void accept(Entry entry, InputStream content) throws IOException;
}
