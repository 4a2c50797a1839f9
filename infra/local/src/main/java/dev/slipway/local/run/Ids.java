package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;

/** Makes identifiers: the same calls at the same times on the same state give the same ones. */
final class Ids {

  private static final String LETTERS = "bcdfghjkmnpqrstvwxz";

  private final Catalog catalog;
  private final Clock clock;

  Ids(Catalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  UUID uuid() {
    String seed = clock.instant() + "/" + catalog.next();
    return UUID.nameUUIDFromBytes(seed.getBytes(UTF_8));
  }

  /** A quoted fingerprint, never the same twice. */
  String etag() {
    UUID id = uuid();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\"";
  }

  /** A revision's name where none was asked for: {@code service-00002-xyz}. */
  String revision(ServiceName service, long generation) {
    long bits = uuid().getMostSignificantBits() >>> 1;
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      suffix.append(LETTERS.charAt((int) (bits % LETTERS.length())));
      bits /= LETTERS.length();
    }
    return "%s-%05d-%s".formatted(service.service(), generation, suffix);
  }
}
