package dev.slipway.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar as a stream, an entry at a time.
 *
 * <p>Its own parser, since every general one is lenient somewhere: what it takes, all of them read
 * alike. The end is two zero blocks and nothing but zeros after them; an archive without them is
 * called truncated, since nobody can tell.
 */
final class TarReader {

  private static final int MAX_EXTENSION = 64 << 10;

  private final InputStream in;
  private final EntrySink sink;
  private PaxRecords pax = PaxRecords.NONE;
  private byte @Nullable [] longName;
  private boolean pending;

  private TarReader(InputStream in, EntrySink sink) {
    this.in = in;
    this.sink = sink;
  }

  static void read(InputStream in, EntrySink sink) throws IOException {
    new TarReader(in, sink).readAll();
  }

  private void readAll() throws IOException {
    for (byte[] block = block(); !TarHeader.isZero(block); block = block()) {
      TarHeader header = TarHeader.of(block);
      switch (header.type()) {
        case 'x' -> readPax(header);
        case 'g' -> PaxRecords.of(extension(header)).checkGlobal();
        case 'L' -> readLongName(header);
        case 'K' -> extension(header);
        default -> readEntry(header);
      }
    }
    if (pending) {
      throw UnreadableException.corrupt("its last header belongs to no entry");
    }
    if (!TarHeader.isZero(block())) {
      throw new UnreadableException(
          "trailing-data", "a lone zero block is followed by more: programs differ on its end");
    }
    checkNothingFollows();
  }

  private void readPax(TarHeader header) throws IOException {
    if (pax != PaxRecords.NONE) {
      throw new UnreadableException("pax-duplicate", "an entry has two pax headers");
    }
    pax = PaxRecords.of(extension(header));
    pending = true;
  }

  private void readLongName(TarHeader header) throws IOException {
    if (longName != null) {
      throw new UnreadableException("two-names", "an entry has two GNU long names");
    }
    byte[] name = extension(header);
    int end = name.length;
    while (end > 0 && name[end - 1] == 0) {
      end--;
    }
    longName = Arrays.copyOf(name, end);
    pending = true;
  }

  private void readEntry(TarHeader header) throws IOException {
    long size = header.size();
    pax.checkSize(size);
    byte[] name = name(header);
    Entry.Kind kind = pax.isSparse() ? Entry.Kind.SPARSE : kind(header.type(), name, size);
    if (header.type() == 'S') {
      skipSparseMap(header);
    }
    Entry entry = new Entry(new RawName(name), kind, header.mode(), size);
    pax = PaxRecords.NONE;
    longName = null;
    pending = false;
    Content content = new Content(in, size);
    sink.accept(entry, content);
    content.finish();
  }

  private byte[] name(TarHeader header) throws UnreadableException {
    Optional<byte[]> path = pax.path();
    byte[] gnu = longName;
    if (path.isPresent() && gnu != null && !Arrays.equals(path.get(), gnu)) {
      throw new UnreadableException(
          "two-names",
          "an entry is named '%s' by pax and '%s' by GNU: programs differ on which one counts"
              .formatted(Shown.bytes(path.get()), Shown.bytes(gnu)));
    }
    byte[] plain = header.name();
    return path.orElse(gnu != null ? gnu : plain);
  }

  private static Entry.Kind kind(char type, byte[] name, long size) throws UnreadableException {
    Entry.Kind kind =
        switch (type) {
          case '0', '\0' -> endsInSlash(name) ? Entry.Kind.FOLDER : Entry.Kind.FILE;
          case '1' -> Entry.Kind.HARD_LINK;
          case '2' -> Entry.Kind.SYMLINK;
          case '3', '4' -> Entry.Kind.DEVICE;
          case '5' -> Entry.Kind.FOLDER;
          case '6' -> Entry.Kind.FIFO;
          case 'S' -> Entry.Kind.SPARSE;
          default -> Entry.Kind.UNKNOWN;
        };
    boolean holdsBytes =
        kind == Entry.Kind.FILE || kind == Entry.Kind.SPARSE || kind == Entry.Kind.UNKNOWN;
    if (size > 0 && !holdsBytes) {
      throw new UnreadableException(
          "size-of-nothing",
          "'%s' is no file and yet claims %d bytes: programs differ on where the next entry is"
              .formatted(Shown.bytes(name), size));
    }
    return kind;
  }

  private static boolean endsInSlash(byte[] name) {
    return name.length > 0 && name[name.length - 1] == '/';
  }

  private byte[] extension(TarHeader header) throws IOException {
    long size = header.size();
    if (size > MAX_EXTENSION) {
      throw new UnreadableException(
          "path-too-long",
          "an extended tar header has %,d bytes; up to %,d are read"
              .formatted(size, MAX_EXTENSION));
    }
    Content content = new Content(in, size);
    byte[] bytes = content.readAllBytes();
    content.finish();
    return bytes;
  }

  private void skipSparseMap(TarHeader header) throws IOException {
    boolean more = header.hasMoreSparseMap();
    while (more) {
      more = block()[504] != 0;
    }
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(TarHeader.BLOCK);
    if (block.length < TarHeader.BLOCK) {
      throw UnreadableException.truncated("its tar: there is no end marker");
    }
    return block;
  }

  private void checkNothingFollows() throws IOException {
    byte[] buffer = new byte[TarHeader.BLOCK];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (!TarHeader.isZero(Arrays.copyOf(buffer, read))) {
        throw new UnreadableException(
            "trailing-data",
            "there is more after the end of the tar: some programs would read it and some would"
                + " not. Make one plain archive");
      }
    }
  }

  /** The content of one entry, then its padding. */
  private static final class Content extends BlockStream {

    private final InputStream in;
    private final long size;
    private long left;

    Content(InputStream in, long size) {
      this.in = in;
      this.size = size;
      this.left = size;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(into, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw UnreadableException.truncated("a file");
      }
      left -= read;
      return read;
    }

    void finish() throws IOException {
      byte[] buffer = new byte[8192];
      while (read(buffer, 0, buffer.length) >= 0) {
        // what the sink had no use for
      }
      int padding = (int) (-size & (TarHeader.BLOCK - 1));
      if (in.readNBytes(padding).length < padding) {
        throw UnreadableException.truncated("a file");
      }
    }
  }
}
