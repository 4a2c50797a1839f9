package dev.slipway.console.access;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keys published at an address as a JSON Web Key Set, kept for an hour. An id that is not among
 * them has them read again, at most once a minute: keys change, and anyone can make ids up.
 */
public final class WebKeys implements Keys {

  private static final Logger LOG = System.getLogger(WebKeys.class.getName());
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI address;
  private final HttpClient http;
  private final Clock clock;
  private Map<String, PublicKey> keys = Map.of();
  private Instant read = Instant.MIN;

  public WebKeys(URI address, HttpClient http, Clock clock) {
    this.address = address;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public synchronized Optional<PublicKey> key(String id) {
    Instant now = clock.instant();
    Duration wait = keys.containsKey(id) ? KEPT : PAUSE;
    if (read.equals(Instant.MIN) || !now.isBefore(read.plus(wait))) {
      read = now;
      refresh();
    }
    return Optional.ofNullable(keys.get(id));
  }

  /** What could be read before stays when it cannot be read now. */
  private void refresh() {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("it answered " + answer.statusCode());
      }
      keys = parse(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | GeneralSecurityException e) {
      LOG.log(
          Level.ERROR,
          "Tried to read the keys at {0} but failed: {1}. Until it works nobody new is let in.",
          address,
          e.toString());
    }
  }

  static Map<String, PublicKey> parse(String set) throws GeneralSecurityException {
    Map<String, PublicKey> keys = new HashMap<>();
    for (JsonElement element : JsonParser.parseString(set).getAsJsonObject().getAsJsonArray("keys")) {
      JsonObject key = element.getAsJsonObject();
      switch (key.get("kty").getAsString()) {
        case "EC" -> keys.put(key.get("kid").getAsString(), ellipticCurve(key));
        case "RSA" -> keys.put(key.get("kid").getAsString(), rsa(key));
        default -> LOG.log(Level.DEBUG, "a key of a kind that is not used");
      }
    }
    return Map.copyOf(keys);
  }

  private static PublicKey ellipticCurve(JsonObject key) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static PublicKey rsa(JsonObject key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
  }

  private static BigInteger number(JsonObject key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.get(name).getAsString()));
  }
}
