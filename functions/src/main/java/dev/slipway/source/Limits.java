package dev.slipway.source;

/**
 * How much of everything an upload may have.
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
    long packed, long unpacked, int entries, long file, int ratio, int path, int depth) {

  /** Unpacked bytes up to which no ratio is a bomb: 8 MiB. */
  public static final long RATIO_FREE = 8L << 20;

  public static final Limits DEFAULT =
      new Limits(64L << 20, 512L << 20, 20_000, 32L << 20, 200, 1024, 64);

  public Limits {
    if (Math.min(Math.min(packed, unpacked), Math.min(file, entries)) <= 0
        || Math.min(Math.min(ratio, path), depth) <= 0) {
      throw new IllegalArgumentException(
          "a limit of zero would refuse every upload: packed %d, unpacked %d, entries %d, file %d,"
                  .formatted(packed, unpacked, entries, file)
              + " ratio %d, path %d, depth %d".formatted(ratio, path, depth));
    }
  }
}
