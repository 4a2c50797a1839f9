package dev.slipway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Where the functions' environment variables come from.
 *
 * <p>On Google Cloud they are the process's. The laptop cloud hosts several functions in one
 * process, so it puts the variables of each on its class path instead, as the resource {@value
 * #RESOURCE}; nothing else ever does.
 */
final class Environment {

  static final String RESOURCE = "slipway-environment.properties";

  private Environment() {}

  static Map<String, String> read() {
    try (InputStream in = Environment.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return System.getenv();
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(name -> name, properties::getProperty));
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + RESOURCE, e);
    }
  }
}
