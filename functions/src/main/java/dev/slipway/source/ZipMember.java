package dev.slipway.source;

/**
 * One entry of a zip's central directory.
 *
 * @param host the system it was made on: 3 is Unix, 19 is macOS
 * @param attributes external attributes, the Unix mode in the upper half
 * @param offset where its local header begins
 */
record ZipMember(
    RawName name,
    int host,
    int flags,
    int method,
    long crc,
    long packed,
    long size,
    long attributes,
    long offset) {

  static final int DESCRIPTOR_FOLLOWS = 1 << 3;

  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int TYPE = 0170000;
  private static final int FOLDER = 0040000;
  private static final int FILE = 0100000;
  private static final int SYMLINK = 0120000;
  private static final int FIFO = 0010000;

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  boolean hasDescriptor() {
    return (flags & DESCRIPTOR_FOLLOWS) != 0;
  }

  Entry entry() {
    int mode = (int) (attributes >> 16) & 0xffff;
    boolean slash = name.endsInSlash();
    Entry.Kind plain = slash ? Entry.Kind.FOLDER : Entry.Kind.FILE;
    Entry.Kind kind =
        switch (mode & TYPE) {
          case 0 -> plain;
          case FILE -> slash ? Entry.Kind.UNKNOWN : plain;
          case FOLDER -> slash ? plain : Entry.Kind.UNKNOWN;
          case SYMLINK -> Entry.Kind.SYMLINK;
          case FIFO -> Entry.Kind.FIFO;
          default -> Entry.Kind.DEVICE;
        };
    boolean unix = host == 3 || host == 19;
    return new Entry(name, kind, unix ? mode & 07777 : 0, size);
  }
}
