package dev.slipway.local.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Makes lines of bytes as they come; one that is very long is handed on in parts. */
final class LineFeed {

  private static final int LONGEST = 16 << 10;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  LineFeed(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        end();
      } else {
        begun.write(bytes[i]);
        if (begun.size() >= LONGEST) {
          end();
        }
      }
    }
  }

  /** Hands on what has come of a line that does not end. */
  void close() {
    if (begun.size() > 0) {
      end();
    }
  }

  private void end() {
    lines.accept(begun.toString(UTF_8));
    begun.reset();
  }
}
