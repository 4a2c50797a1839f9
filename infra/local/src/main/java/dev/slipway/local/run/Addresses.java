package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.local.server.Ports;
import dev.slipway.local.state.State;
import java.util.List;
import org.h2.mvstore.MVMap;

/** The ports of services and tags: each keeps its own for as long as it can. */
final class Addresses {

  private final State state;
  private final MVMap<String, byte[]> ports;

  Addresses(State state) {
    this.state = state;
    ports = state.map("run.port");
  }

  /** The place of a service's own URL ({@code tag} empty) or of one of its tags. */
  record Address(ServiceName service, String tag) {
    @Override
    public String toString() {
      return service + "#" + tag;
    }
  }

  /** The port {@code address} had last, if it is free; else a new one, kept from now on. */
  int port(Address address) {
    byte[] kept = ports.get(address.toString());
    if (kept != null) {
      int port = Integer.parseInt(new String(kept, UTF_8));
      if (Ports.isFree(port)) {
        return port;
      }
    }
    int port = Ports.free();
    ports.put(address.toString(), Integer.toString(port).getBytes(UTF_8));
    state.commit();
    return port;
  }

  /** Forgets every port of a service. */
  void forget(ServiceName service) {
    List.copyOf(ports.keySet()).stream()
        .filter(key -> key.startsWith(service + "#"))
        .forEach(ports::remove);
    state.commit();
  }
}
