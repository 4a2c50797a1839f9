package dev.slipway.local.pubsub;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * OIDC tokens of Google's shape: RS256, with the claims aud, azp, email, email_verified, exp, iat,
 * iss and sub. They are signed with a key made for this run, not with Google's, so that a receiver
 * can look at the claims but must not be asked to verify the signature.
 */
final class PushToken {

  private static final long LIFETIME_SECONDS = 3600;

  private @Nullable KeyPair keys;

  /** A token for {@code audience} on behalf of the service account {@code email}. */
  String issue(String email, String audience, Instant now) {
    JsonObject header = new JsonObject();
    header.addProperty("alg", "RS256");
    header.addProperty("kid", "laptop");
    header.addProperty("typ", "JWT");
    JsonObject claims = new JsonObject();
    claims.addProperty("aud", audience);
    claims.addProperty("azp", email);
    claims.addProperty("email", email);
    claims.addProperty("email_verified", true);
    claims.addProperty("exp", now.getEpochSecond() + LIFETIME_SECONDS);
    claims.addProperty("iat", now.getEpochSecond());
    claims.addProperty("iss", "https://accounts.google.com");
    claims.addProperty("sub", Integer.toUnsignedString(email.hashCode()));
    String signed = encode(utf8(header.toString())) + "." + encode(utf8(claims.toString()));
    return signed + "." + encode(sign(utf8(signed)));
  }

  private byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys().getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tried to sign a push token but failed.", e);
    }
  }

  private synchronized KeyPair keys() throws GeneralSecurityException {
    if (keys == null) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
    }
    return keys;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
