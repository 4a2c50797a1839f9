package dev.slipway;

final class GooglePorts {
  private GooglePorts() {}

  static Wiring wire(Settings settings) {
    if (settings.project().isEmpty()) {
      throw new IllegalArgumentException("pending");
    }
    return Wiring.shared();
  }
}
