package dev.slipway.local.functions;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** Where a function's classes come from, and which of them are its own. */
public sealed interface FunctionCode {

  /**
   * Classes that are on this application's class path too. Each cloud loads those of the {@code
   * own} packages afresh; libraries are the application's, so that starting is quick.
   *
   * @param classes the jar or folder of the function
   * @param own the package prefixes loaded from {@code classes}, as {@code "dev.slipway."}
   * @param notOwn prefixes among them that stay the application's
   */
  record OnClassPath(Path classes, List<String> own, List<String> notOwn) implements FunctionCode {

    public OnClassPath {
      own = List.copyOf(own);
      notOwn = List.copyOf(notOwn);
    }

    boolean owns(String className) {
      return own.stream().anyMatch(className::startsWith)
          && notOwn.stream().noneMatch(className::startsWith);
    }
  }

  /**
   * The jar as it is deployed, libraries within: it sees the JDK, the functions API and itself.
   *
   * @param jar the deployable jar
   */
  record Deployable(Path jar) implements FunctionCode {}

  /** The code of Slipway's functions, found by one of their classes. */
  static FunctionCode slipway(Class<?> function) {
    return new OnClassPath(
        whereabouts(function),
        List.of("dev.slipway."),
        List.of("dev.slipway.local.", "dev.slipway.cli."));
  }

  /** The jar or folder {@code type} was loaded from. */
  static Path whereabouts(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "Tried to find the jar of %s but failed: %s".formatted(type.getName(), e.getMessage()),
          e);
    }
  }
}
