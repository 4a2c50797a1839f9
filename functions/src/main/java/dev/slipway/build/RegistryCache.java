package dev.slipway.build;

import java.io.IOException;
import java.util.Optional;

/** Asks the registry whether it holds a set of compiled dependencies. */
public final class RegistryCache implements DependencyCache {

  private static final System.Logger log = System.getLogger(RegistryCache.class.getName());

  private final Registry registry;

  public RegistryCache(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<Boolean> look(String image) {
    int colon = image.lastIndexOf(':');
    try {
      return registry.has(ImageRef.parse(image.substring(0, colon)), image.substring(colon + 1));
    } catch (IOException e) {
      log.log(System.Logger.Level.INFO, "whether {0} is there cannot be told: {1}", image, e.toString());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
