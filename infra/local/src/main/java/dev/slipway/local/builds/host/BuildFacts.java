package dev.slipway.local.builds.host;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.protobuf.ByteString;
import dev.slipway.local.builds.image.Elf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a build found out, as the JSON document Slipway reads from the build step's output. */
final class BuildFacts {

  private static final Gson JSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final Map<String, Object> facts = new LinkedHashMap<>();

  BuildFacts(Order order) {
    facts.put("schema", 1);
    facts.put("bin", order.bin());
    facts.put("base", order.base());
  }

  void binary(long bytes, Elf elf) {
    facts.put("binaryBytes", bytes);
    put("interpreter", elf.interpreter());
    facts.put("needed", elf.needed());
    put("glibc", elf.glibc());
  }

  void put(String name, @org.jspecify.annotations.Nullable Object value) {
    facts.put(name, value == null ? com.google.gson.JsonNull.INSTANCE : value);
  }

  ByteString json() {
    return ByteString.copyFrom(JSON.toJson(facts).getBytes(StandardCharsets.UTF_8));
  }
}
