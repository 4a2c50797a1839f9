package dev.slipway.release;

/**
 * How much of everything an upload may have.
 *
 * <p>What the settings are bounded by is what the function that takes uploads in has room for: 2
 * GiB, its disk among them. The largest upload there can be takes {@link #ROOM} of it.
 *
 * @param packed bytes of the archive as uploaded
 * @param unpacked bytes of everything in it, headers included
 * @param entries files and folders in it, folders that are only implied by a path included
 * @param file bytes of one file
 * @param ratio unpacked bytes for each packed byte; asked only above {@link #RATIO_FREE} bytes,
 *     since the padding of a small tar packs better than any bomb
 * @param path bytes of one entry's name
 * @param depth folders in one entry's name
 */
public record Limits(
    @Setting(
            value = "the archive, as it is uploaded",
            unit = "bytes",
            min = 1L << 10,
            max = 128L << 20)
        long packed,
    @Setting(
            value = "everything in it, unpacked",
            unit = "bytes",
            min = 1L << 10,
            max = 768L << 20)
        long unpacked,
    @Setting(value = "files and folders in it", min = 1, max = 50_000) int entries,
    @Setting(value = "one file in it", unit = "bytes", min = 1L << 10, max = 768L << 20)
        long file,
    @Setting(
            value =
                "so many times its size an archive may unpack to; not asked of what unpacks to 8MiB"
                    + " or less",
            min = 2,
            max = 1000)
        int ratio,
    @Setting(value = "one name in it, its folders included", unit = "bytes of UTF-8", min = 32, max = 1024)
        int path,
    @Setting(value = "folders within each other", min = 2, max = 128) int depth) {

  /** Unpacked bytes up to which no ratio is a bomb: 8 MiB. */
  public static final long RATIO_FREE = 8L << 20;

  /** Bytes of working files that all uploads an instance works on at a time may take: 1 GiB. */
  public static final long ROOM = 1L << 30;

  public static final Limits DEFAULT =
      new Limits(64L << 20, 512L << 20, 20_000, 32L << 20, 200, 1024, 64);

  /** As much of everything as can be set: what some environment took, these take. */
  public static final Limits MOST =
      new Limits(128L << 20, 768L << 20, 50_000, 768L << 20, 1000, 1024, 128);

  public Limits {
    if (Math.min(Math.min(packed, unpacked), Math.min(file, entries)) <= 0
        || Math.min(Math.min(ratio, path), depth) <= 0) {
      throw new IllegalArgumentException(
          "a limit of zero would refuse every upload: packed %d, unpacked %d, entries %d, file %d,"
                  .formatted(packed, unpacked, entries, file)
              + " ratio %d, path %d, depth %d".formatted(ratio, path, depth));
    }
  }

  /**
   * The bytes of working files that an upload takes at worst: itself, all of it unpacked, and its
   * canonical copy.
   */
  public long room(long uploaded) {
    long known = Math.min(uploaded, packed);
    long out = Math.min(unpacked, Math.max(RATIO_FREE, known * ratio));
    return 2 * known + out;
  }
}
