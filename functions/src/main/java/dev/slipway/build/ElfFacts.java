package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Linux binary asks of the system it runs on.
 *
 * @param interpreter the loader the kernel starts it with, absent when static
 * @param needed shared libraries, in the order of the file
 * @param glibc highest version among its {@code GLIBC_x.y} symbols
 */
record ElfFacts(Optional<String> interpreter, List<String> needed, Optional<String> glibc) {

  /** Orders {@code 2.9} before {@code 2.34}. */
  static final Comparator<String> BY_VERSION =
      (a, b) -> Arrays.compare(numbers(a), numbers(b));

  ElfFacts {
    needed = List.copyOf(needed);
  }

  boolean isStatic() {
    return interpreter.isEmpty() && needed.isEmpty();
  }

  /**
   * Reads a 64-bit little-endian ELF file.
   *
   * @throws IllegalArgumentException when it is none, or is damaged
   */
  static ElfFacts read(ByteBuffer file) {
    try {
      return new Reader(file).facts();
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "the ELF file is damaged: it points outside of its " + file.limit() + " bytes", e);
    }
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** Reads by absolute position; layouts are those of the ELF-64 object file format. */
  private static final class Reader {
    private static final int MAGIC = 0x464C457F;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_VERNEED = 0x6ffffffeL;
    private static final long DT_VERNEEDNUM = 0x6fffffffL;
    private static final int MAX_STRING = 4096;
    private static final int MAX_VERSIONS = 4096;
    private static final String SYMBOL = "GLIBC_";

    private final ByteBuffer file;
    private final List<Segment> segments = new ArrayList<>();
    private final Map<Long, Long> tags = new HashMap<>();
    private final List<Long> names = new ArrayList<>();

    Reader(ByteBuffer file) {
      this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      if (file.limit() < 64 || this.file.getInt(0) != MAGIC) {
        throw new IllegalArgumentException("not an ELF file");
      }
      if (file.get(4) != 2 || file.get(5) != 1) {
        throw new IllegalArgumentException("not a 64-bit little-endian ELF file");
      }
    }

    ElfFacts facts() {
      readSegments();
      segments.stream().filter(s -> s.type == PT_DYNAMIC).findFirst().ifPresent(this::readDynamic);
      Optional<String> interpreter =
          segments.stream().filter(s -> s.type == PT_INTERP).findFirst().map(s -> text(s.offset));
      Long strings = tags.get(DT_STRTAB);
      if (strings == null) {
        return new ElfFacts(interpreter, List.of(), Optional.empty());
      }
      long table = offset(strings);
      List<String> needed = names.stream().map(name -> text(table + name)).toList();
      return new ElfFacts(interpreter, needed, glibc(table));
    }

    private void readSegments() {
      long at = file.getLong(32);
      int size = file.getShort(54) & 0xffff;
      int count = file.getShort(56) & 0xffff;
      for (int i = 0; i < count; i++) {
        int header = index(at + (long) i * size);
        segments.add(
            new Segment(
                file.getInt(header),
                file.getLong(header + 8),
                file.getLong(header + 16),
                file.getLong(header + 32)));
      }
    }

    private void readDynamic(Segment dynamic) {
      for (long at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
        long tag = file.getLong(index(at));
        long value = file.getLong(index(at + 8));
        if (tag == 0) {
          return;
        }
        if (tag == DT_NEEDED) {
          names.add(value);
        } else {
          tags.put(tag, value);
        }
      }
    }

    private Optional<String> glibc(long strings) {
      @Nullable Long address = tags.get(DT_VERNEED);
      if (address == null) {
        return Optional.empty();
      }
      List<String> versions = new ArrayList<>();
      long at = offset(address);
      long libraries = Math.min(tags.getOrDefault(DT_VERNEEDNUM, 0L), MAX_VERSIONS);
      for (long i = 0; i < libraries; i++) {
        int entry = index(at);
        addVersions(versions, at + unsigned(entry + 8), file.getShort(entry + 2) & 0xffff, strings);
        at += unsigned(entry + 12);
      }
      return versions.stream().max(BY_VERSION);
    }

    private void addVersions(List<String> versions, long first, int count, long strings) {
      long at = first;
      for (int i = 0; i < Math.min(count, MAX_VERSIONS); i++) {
        int entry = index(at);
        String name = text(strings + unsigned(entry + 8));
        if (name.startsWith(SYMBOL) && name.matches("GLIBC_\\d{1,4}(\\.\\d{1,4})*")) {
          versions.add(name.substring(SYMBOL.length()));
        }
        at += unsigned(entry + 12);
      }
    }

    /** From an address in memory to the place in the file that is loaded there. */
    private long offset(long address) {
      return segments.stream()
          .filter(s -> s.type == PT_LOAD && address >= s.address && address - s.address < s.size)
          .findFirst()
          .map(s -> s.offset + address - s.address)
          .orElseThrow(
              () -> new IllegalArgumentException("the ELF file is damaged: a table is not in it"));
    }

    private String text(long at) {
      int start = index(at);
      int end = start;
      while (file.get(end) != 0 && end - start < MAX_STRING) {
        end++;
      }
      byte[] bytes = new byte[end - start];
      file.get(start, bytes);
      return new String(bytes, UTF_8);
    }

    private long unsigned(int at) {
      return Integer.toUnsignedLong(file.getInt(at));
    }

    private int index(long at) {
      if (at < 0 || at >= file.limit()) {
        throw new IndexOutOfBoundsException("position " + at);
      }
      return (int) at;
    }

    private record Segment(int type, long offset, long address, long size) {}
  }
}
