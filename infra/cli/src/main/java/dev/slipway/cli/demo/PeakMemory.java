package dev.slipway.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory this process ever had in RAM. */
final class PeakMemory {

  private static final Pattern HIGH_WATER_MARK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private PeakMemory() {}

  /** In bytes; -1 where the system does not tell. */
  static long bytes() {
    try {
      Matcher mark = HIGH_WATER_MARK.matcher(Files.readString(Path.of("/proc/self/status")));
      return mark.find() ? Long.parseLong(mark.group(1)) * 1024 : -1;
    } catch (IOException e) {
      return -1;
    }
  }
}
