package dev.slipway.cli.doctor;

import java.net.URI;
import java.util.Optional;

/**
 * What is asked.
 *
 * @param body is sent by POST; empty for a GET
 * @param bearer the token shown; empty for none
 */
record Request(URI uri, Optional<String> body, Optional<String> bearer) {

  static Request get(String uri) {
    return new Request(URI.create(uri), Optional.empty(), Optional.empty());
  }

  static Request post(String uri, String body) {
    return new Request(URI.create(uri), Optional.of(body), Optional.empty());
  }

  Request showing(Optional<String> token) {
    return new Request(uri, body, token);
  }

  @Override
  public String toString() {
    return (body.isPresent() ? "POST " : "GET ") + uri;
  }
}
