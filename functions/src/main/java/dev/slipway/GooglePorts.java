package dev.slipway;

final class GooglePorts {
  static Wiring wire(Settings settings) {
    throw new UnsupportedOperationException("pending: " + settings);
  }
}
