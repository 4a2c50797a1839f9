package dev.slipway.release;

/**
 * How much of everything an upload may have; past any of it, it is refused before it is built.
 *
 * @param packed bytes of the archive as uploaded
 * @param unpacked bytes of everything in it, headers included
 * @param entries files and folders in it
 * @param file bytes of one file
 * @param ratio unpacked bytes for each packed byte
 */
public record UploadLimits(
    @Setting(value = "an archive is at most so large, as uploaded", unit = "bytes") long packed,
    @Setting(value = "and so large once it is unpacked", unit = "bytes") long unpacked,
    @Setting(value = "it has at most so many files and folders", min = 1, max = 1_000_000)
        int entries,
    @Setting(value = "none of its files is larger", unit = "bytes") long file,
    @Setting(
            value = "it unpacks to at most so many times its size; asked above 8 MiB only",
            min = 1,
            max = 10_000)
        int ratio) {

  /** 64 MiB packed, 512 MiB unpacked, 20,000 entries, 32 MiB a file, 200 times. */
  public static final UploadLimits DEFAULT =
      new UploadLimits(64L << 20, 512L << 20, 20_000, 32L << 20, 200);

  public UploadLimits {
    if (packed > unpacked || file > unpacked) {
      throw new IllegalArgumentException(
          "unpacked must be no less than packed and than file");
    }
  }
}
