package dev.slipway.local.functions.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Reads the function's environment as Slipway's functions do. */
final class Environment {

  private Environment() {}

  static String get(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Properties properties = new Properties();
    try (InputStream text = loader.getResourceAsStream("slipway-environment.properties")) {
      properties.load(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(name, "absent");
  }
}
