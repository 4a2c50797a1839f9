package dev.slipway.local.storage;

import java.io.IOException;

/** Answers the requests below one prefix of the HTTP port. */
@FunctionalInterface
interface Api {

  /**
   * Carries the request out.
   *
   * @throws ApiException for an answer that is an error
   * @throws IOException when the request cannot be read
   */
  Reply answer(Request request) throws IOException;
}
