package dev.slipway.local.builds.image;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Linux executable or library needs to run.
 *
 * @param architecture as images name it: amd64, arm64 ...
 * @param interpreter the dynamic loader it asks for (PT_INTERP), null for a static executable
 * @param needed the libraries it names (DT_NEEDED), in order
 * @param glibc the highest GLIBC_ symbol version it asks for, such as {@code 2.34}, null for none
 */
public record Elf(
    String architecture,
    @Nullable String interpreter,
    List<String> needed,
    @Nullable String glibc) {

  /**
   * Reads the headers of a file.
   *
   * @throws IOException when it is not an ELF file, or damaged
   */
  public static Elf read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new Reader(bytes).read();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException(file + " is not an ELF file, or it is damaged", e);
    }
  }

  private static final class Reader {

    private static final int MAGIC = 0x7f454c46;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final int DT_NEEDED = 1;
    private static final int DT_STRTAB = 5;
    private static final int DT_VERNEED = 0x6ffffffe;
    private static final int DT_VERNEEDNUM = 0x6fffffff;

    private record Segment(int type, long offset, long address, long size) {}

    private final ByteBuffer bytes;
    private final boolean wide;

    Reader(ByteBuffer bytes) {
      this.bytes = bytes;
      if (bytes.getInt(0) != MAGIC) {
        throw new IllegalArgumentException("no ELF magic");
      }
      wide = bytes.get(4) == 2;
      bytes.order(bytes.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    Elf read() {
      List<Segment> segments = segments();
      String interpreter = null;
      List<String> needed = new ArrayList<>();
      String glibc = null;
      for (Segment segment : segments) {
        if (segment.type() == PT_INTERP) {
          interpreter = text(segment.offset());
        } else if (segment.type() == PT_DYNAMIC) {
          glibc = dynamic(segment, segments, needed);
        }
      }
      return new Elf(architecture(), interpreter, List.copyOf(needed), glibc);
    }

    private String architecture() {
      int machine = half(18);
      return switch (machine) {
        case 3 -> "386";
        case 40 -> "arm";
        case 62 -> "amd64";
        case 183 -> "arm64";
        case 243 -> "riscv64";
        default -> "machine-" + machine;
      };
    }

    private List<Segment> segments() {
      long table = word(wide ? 32 : 28);
      int size = half(wide ? 54 : 42);
      int count = half(wide ? 56 : 44);
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long at = table + (long) i * size;
        segments.add(
            wide
                ? new Segment(integer(at), word(at + 8), word(at + 16), word(at + 32))
                : new Segment(integer(at), word(at + 4), word(at + 8), word(at + 16)));
      }
      return segments;
    }

    /** Adds the libraries to {@code needed} and returns the highest glibc version asked for. */
    private @Nullable String dynamic(Segment table, List<Segment> segments, List<String> needed) {
      List<Long> names = new ArrayList<>();
      long strings = 0;
      long versions = 0;
      long count = 0;
      int width = wide ? 8 : 4;
      for (long at = table.offset(); at < table.offset() + table.size(); at += 2L * width) {
        long tag = word(at);
        long value = word(at + width);
        if (tag == DT_NEEDED) {
          names.add(value);
        } else if (tag == DT_STRTAB) {
          strings = offset(value, segments);
        } else if (tag == DT_VERNEED) {
          versions = offset(value, segments);
        } else if (tag == DT_VERNEEDNUM) {
          count = value;
        }
      }
      for (long name : names) {
        needed.add(text(strings + name));
      }
      return count == 0 ? null : highestGlibc(versions, count, strings);
    }

    /** Each library's record (16 bytes) leads to a chain of the versions wanted of it. */
    private @Nullable String highestGlibc(long table, long count, long strings) {
      String highest = null;
      long library = table;
      for (long i = 0; i < count; i++) {
        long version = library + Integer.toUnsignedLong(integer(library + 8));
        for (int j = half(library + 2); j > 0; j--) {
          String name = text(strings + Integer.toUnsignedLong(integer(version + 8)));
          if (name.matches("GLIBC_\\d+(\\.\\d+)*")) {
            highest = higher(highest, name.substring("GLIBC_".length()));
          }
          version += Integer.toUnsignedLong(integer(version + 12));
        }
        library += Integer.toUnsignedLong(integer(library + 12));
      }
      return highest;
    }

    private static String higher(@Nullable String one, String other) {
      if (one == null) {
        return other;
      }
      int[] left = numbers(one);
      int[] right = numbers(other);
      return Arrays.compare(left, right) < 0 ? other : one;
    }

    private static int[] numbers(String version) {
      return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    private static long offset(long address, List<Segment> segments) {
      for (Segment segment : segments) {
        long within = address - segment.address();
        if (segment.type() == PT_LOAD && within >= 0 && within < segment.size()) {
          return segment.offset() + within;
        }
      }
      throw new IllegalArgumentException("an address lies in no segment");
    }

    private String text(long at) {
      int start = Math.toIntExact(at);
      int end = start;
      while (bytes.get(end) != 0) {
        end++;
      }
      byte[] text = new byte[end - start];
      bytes.get(start, text);
      return new String(text, StandardCharsets.UTF_8);
    }

    private int half(long at) {
      return Short.toUnsignedInt(bytes.getShort(Math.toIntExact(at)));
    }

    private int integer(long at) {
      return bytes.getInt(Math.toIntExact(at));
    }

    private long word(long at) {
      int index = Math.toIntExact(at);
      return wide ? bytes.getLong(index) : Integer.toUnsignedLong(bytes.getInt(index));
    }
  }
}
