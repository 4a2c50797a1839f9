package dev.slipway.local.storage;

import org.jspecify.annotations.Nullable;

/**
 * What an object holds, described.
 *
 * @param size in bytes
 * @param crc32c base64, as Google writes it
 * @param md5 base64; null for a composed object, as at Google
 * @param components how many parts a composed object was made of; 0 when it was not composed
 */
record Content(long size, String crc32c, @Nullable String md5, int components) {

  Content composedOf(int parts) {
    return new Content(size, crc32c, null, parts);
  }
}
