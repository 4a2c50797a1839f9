package dev.slipway.build;

import dev.slipway.release.ImageCleanup;
import dev.slipway.release.ServiceName;
import java.util.List;

/** The port to a service's images, as things that pile up. */
public interface ImageVersions {

  /** Every image of the service with its tags; none where there is none. */
  List<ImageCleanup.Pushed> list(ServiceName service);

  /**
   * Deletes an image; one that is gone already is as good. Its own tags go first and the image only
   * without force, so that one a person tagged in the meantime stays.
   *
   * @return false when the registry keeps it, because it is tagged or another image is made of it
   */
  boolean delete(ServiceName service, ImageCleanup.Pushed image);
}
