package dev.slipway.cli.pack;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.local.state.IoReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Writes gzipped tars in which nothing but names and contents tells: no times, no people. */
final class Archive {

  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;
  private static final int UNKNOWN_SYSTEM = 255;

  private Archive() {}

  static void write(Pack pack, Path archive) {
    SortedMap<String, Path> files = new TreeMap<>(pack.files());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(out, gzip()), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      if (pack.commit().isPresent()) {
        byte[] json = pack.commit().get().json().getBytes(StandardCharsets.UTF_8);
        tar.putArchiveEntry(entry(Pack.VCS_INFO, json.length, PLAIN));
        tar.write(json);
        tar.closeArchiveEntry();
      }
      for (Map.Entry<String, Path> file : files.entrySet()) {
        int mode = Files.isExecutable(file.getValue()) ? EXECUTABLE : PLAIN;
        tar.putArchiveEntry(entry(file.getKey(), Files.size(file.getValue()), mode));
        Files.copy(file.getValue(), tar);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new Failure(
          "Tried to pack %s into %s but failed: %s. Did a file change meanwhile? Try again."
              .formatted(pack.root(), archive, IoReason.of(e)),
          e);
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to measure %s but failed".formatted(file), e);
    }
  }

  private static GzipParameters gzip() {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
    parameters.setOperatingSystem(UNKNOWN_SYSTEM);
    return parameters;
  }

  private static TarArchiveEntry entry(String path, long size, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(size);
    entry.setMode(mode);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    return entry;
  }
}
