package dev.slipway.build;

import java.io.IOException;

/** Asks the registry whether it holds a set of compiled dependencies. */
public final class RegistryCache implements DependencyCache {

  private static final System.Logger log = System.getLogger(RegistryCache.class.getName());

  private final Registry registry;

  public RegistryCache(Registry registry) {
    this.registry = registry;
  }

  @Override
  public boolean holds(String image) {
    int colon = image.lastIndexOf(':');
    try {
      return registry.has(
          ImageRef.parse(image.substring(0, colon)), image.substring(colon + 1));
    } catch (IOException e) {
      log.log(System.Logger.Level.INFO, "taking {0} for absent: {1}", image, e.toString());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
