package dev.slipway.source;

import dev.slipway.release.Upload;
import java.util.List;

/** Lists what lies in the upload bucket. */
public interface Uploads {

  /** The live objects uploaded of late, oldest first: long enough ago for their event to be due. */
  List<Upload> recent();
}
