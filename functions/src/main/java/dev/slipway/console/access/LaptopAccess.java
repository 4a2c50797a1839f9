package dev.slipway.console.access;

import dev.slipway.console.http.Request;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * On a laptop there is one person. Others on the machine's network cannot reach it; a page of
 * theirs that is open in the person's browser can, by a name of its own that it turns to point at
 * this machine (DNS rebinding): so only loopback's own names are answered.
 */
public record LaptopAccess(String name) implements Access {

  private static final Pattern LOOPBACK =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?");

  @Override
  public Optional<String> who(Request request) {
    return Host.of(request, true).filter(host -> LOOPBACK.matcher(host).matches()).map(h -> name);
  }
}
