package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the smallest ELF files that say a thing. */
final class Elves {

  private static final int LOADED_AT = 0x400000;

  private Elves() {}

  /** One that links {@code needed}, with the given symbol versions of the first of them. */
  static ByteBuffer elf(@Nullable String interpreter, List<String> needed, String... versions) {
    int headers = 64 + 3 * 56;
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    strings.write(0);
    int interp = put(strings, interpreter == null ? "" : interpreter);
    List<Integer> names = new ArrayList<>();
    needed.forEach(name -> names.add(put(strings, name)));
    List<Integer> symbols = new ArrayList<>();
    for (String version : versions) {
      symbols.add(put(strings, version));
    }
    int dynamic = headers + strings.size();
    int verneed = dynamic + 16 * (names.size() + 4);
    ByteBuffer file =
        ByteBuffer.allocate(verneed + 16 + 16 * symbols.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1);
    file.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 3);
    segment(file, 64, 1, 0, file.capacity());
    segment(file, 64 + 56, interpreter == null ? 0 : 3, headers + interp, 0);
    segment(file, 64 + 112, needed.isEmpty() ? 0 : 2, dynamic, verneed - dynamic);
    file.put(headers, strings.toByteArray());
    int at = dynamic;
    for (int name : names) {
      at = tag(file, at, 1, name);
    }
    at = tag(file, at, 5, LOADED_AT + headers);
    if (!symbols.isEmpty()) {
      at = tag(file, at, 0x6ffffffeL, LOADED_AT + verneed);
      tag(file, at, 0x6fffffffL, 1);
      versions(file, verneed, symbols);
    }
    return file;
  }

  private static void versions(ByteBuffer file, int at, List<Integer> symbols) {
    file.putShort(at, (short) 1).putShort(at + 2, (short) symbols.size()).putInt(at + 8, 16);
    for (int i = 0; i < symbols.size(); i++) {
      int entry = at + 16 + 16 * i;
      file.putInt(entry + 8, symbols.get(i)).putInt(entry + 12, 16);
    }
  }

  private static void segment(ByteBuffer file, int at, int type, long offset, long size) {
    file.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, LOADED_AT + offset);
    file.putLong(at + 32, size);
  }

  private static int tag(ByteBuffer file, int at, long tag, long value) {
    file.putLong(at, tag).putLong(at + 8, value);
    return at + 16;
  }

  private static int put(ByteArrayOutputStream strings, String text) {
    int at = strings.size();
    strings.writeBytes(text.getBytes(UTF_8));
    strings.write(0);
    return at;
  }
}
