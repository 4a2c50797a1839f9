package dev.slipway.source;

/**
 * One entry as its archive states it, not yet believed.
 *
 * @param name raw bytes of its name, as archived
 * @param mode Unix permission bits, 0 where the archive has none
 * @param size bytes of content
 */
record Entry(RawName name, Kind kind, int mode, long size) {

  enum Kind {
    FILE,
    FOLDER,
    SYMLINK,
    HARD_LINK,
    DEVICE,
    FIFO,
    SPARSE,
    UNKNOWN
  }

  boolean isExecutable() {
    return (mode & 0111) != 0;
  }

  boolean changesUser() {
    return kind == Kind.FILE && (mode & 06000) != 0;
  }
}
