package dev.slipway.source;

import java.util.Arrays;

/** The name of an entry as its archive has it: bytes that need not be text. */
final class RawName {

  private final byte[] bytes;

  RawName(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean endsInSlash() {
    return bytes.length > 0 && bytes[bytes.length - 1] == '/';
  }

  boolean is(byte[] other) {
    return Arrays.equals(bytes, other);
  }

  /** Escaped for display. */
  @Override
  public String toString() {
    return Shown.bytes(bytes);
  }
}
