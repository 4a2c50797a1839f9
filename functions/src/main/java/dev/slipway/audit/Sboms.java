package dev.slipway.audit;

import dev.slipway.release.StoredObject;

/** Keeps bills of materials. */
public interface Sboms {

  /**
   * Keeps the bill of an image; one that is kept already stays as it is.
   *
   * @param imageDigest {@code sha256:...}
   * @param json CycloneDX
   */
  StoredObject keep(String imageDigest, String json);
}
