package dev.slipway.cli.doctor;

import java.net.URI;
import java.util.Optional;

/**
 * What is asked.
 *
 * @param body is sent by POST; empty for a GET
 * @param bearer the token shown; empty for none
 * @param quota the project that the call is counted on; empty for the token's own
 */
record Request(
    URI uri, Optional<String> body, Optional<String> bearer, Optional<String> quota) {

  static Request get(String uri) {
    return new Request(URI.create(uri), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Request post(String uri, String body) {
    return new Request(URI.create(uri), Optional.of(body), Optional.empty(), Optional.empty());
  }

  Request showing(Optional<String> token) {
    return new Request(uri, body, token, quota);
  }

  Request countedOn(Optional<String> project) {
    return new Request(uri, body, bearer, project);
  }

  /** Of a list, what comes after what was answered with {@code token}, which is encoded already. */
  Request onPage(String token) {
    String separator = uri.getRawQuery() == null ? "?" : "&";
    return new Request(
        URI.create(uri + separator + "pageToken=" + token), body, bearer, quota);
  }

  @Override
  public String toString() {
    return (body.isPresent() ? "POST " : "GET ") + uri;
  }
}
