package dev.slipway.console.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.console.http.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Takes the word of issuers whose signed tokens (JWT) come with a request. A token counts whole or
 * not at all: signature, algorithm, issuer, audience, time and a verified e-mail address.
 */
public final class TokenAccess implements Access {

  private static final Logger LOG = System.getLogger(TokenAccess.class.getName());
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int MAX_LENGTH = 16_384;

  private final List<Issuer> issuers;
  private final Clock clock;

  public TokenAccess(List<Issuer> issuers, Clock clock) {
    this.issuers = List.copyOf(issuers);
    this.clock = clock;
  }

  @Override
  public Optional<String> who(Request request) {
    for (Issuer issuer : issuers) {
      Optional<String> token = request.header(issuer.header()).map(TokenAccess::bare);
      if (token.isPresent()) {
        // The first that speaks decides: nobody gets in by a second token when the first is bad.
        return verified(token.get(), issuer);
      }
    }
    return Optional.empty();
  }

  private static String bare(String header) {
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : header;
  }

  private Optional<String> verified(String token, Issuer issuer) {
    try {
      String[] parts = token.split("\\.", -1);
      require(parts.length == 3 && token.length() <= MAX_LENGTH, "it is no signed token");
      JsonObject head = json(parts[0]);
      require(text(head, "alg").equals(issuer.algorithm().name()), "it is signed otherwise");
      PublicKey key =
          issuer.keys().key(text(head, "kid")).orElseThrow(() -> refused("its key is not known"));
      require(isSigned(parts, key, issuer.algorithm()), "its signature is wrong");
      return Optional.of(email(json(parts[1]), issuer));
    } catch (JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException
        | GeneralSecurityException e) {
      LOG.log(Level.WARNING, "a token in {0} was refused: {1}", issuer.header(), e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isSigned(String[] parts, PublicKey key, Issuer.Algorithm algorithm)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm.jdkName());
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private String email(JsonObject claims, Issuer issuer) {
    long now = clock.instant().getEpochSecond();
    require(issuer.names().contains(text(claims, "iss")), "it is of another issuer");
    require(issuer.audiences().contains(text(claims, "aud")), "it is for someone else");
    require(Long.parseLong(text(claims, "exp")) + SKEW.toSeconds() > now, "it is over");
    require(Long.parseLong(text(claims, "iat")) - SKEW.toSeconds() <= now, "it is not valid yet");
    JsonElement verified = claims.get("email_verified");
    require(verified == null || verified.getAsBoolean(), "its e-mail address is not verified");
    String email = text(claims, "email");
    require(!email.isBlank(), "it names nobody");
    return email;
  }

  private static JsonObject json(String part) {
    return JsonParser.parseString(new String(Base64.getUrlDecoder().decode(part), UTF_8))
        .getAsJsonObject();
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    require(value != null && value.isJsonPrimitive(), "it has no " + name);
    return value == null ? "" : value.getAsString();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw refused(otherwise);
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why);
  }
}
