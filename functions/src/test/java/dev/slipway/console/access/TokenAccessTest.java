package dev.slipway.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.slipway.console.http.Request;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import dev.slipway.release.People;
import dev.slipway.release.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose word about who asks is taken. */
final class TokenAccessTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String IAP_AUDIENCE = "/projects/1/locations/eu/services/console";
  private static final String AUDIENCE = "https://console.acme.example";

  private static KeyPair ec;
  private static KeyPair otherEc;
  private static KeyPair rsa;

  @BeforeAll
  static void keys() throws GeneralSecurityException {
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(new ECGenParameterSpec("secp256r1"));
    ec = curve.generateKeyPair();
    otherEc = curve.generateKeyPair();
    rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
  }

  private final Access access =
      new TokenAccess(
          List.of(
              Issuer.iap(IAP_AUDIENCE, id -> found(id, "iap-1", ec.getPublic())),
              Issuer.google(Set.of(AUDIENCE), id -> found(id, "google-1", rsa.getPublic()))),
          Clock.fixed(NOW, ZoneOffset.UTC));

  private static Optional<PublicKey> found(String id, String known, PublicKey key) {
    return id.equals(known) ? Optional.of(key) : Optional.empty();
  }

  /** A token of IAP's that can be made wrong in every way. */
  private static final class Token {

    private final JsonObject head = new JsonObject();
    private final JsonObject claims = new JsonObject();
    private KeyPair key = ec;
    private String algorithm = "SHA256withECDSAinP1363Format";

    Token() {
      head.addProperty("alg", "ES256");
      head.addProperty("kid", "iap-1");
      claims.addProperty("iss", "https://cloud.google.com/iap");
      claims.addProperty("aud", IAP_AUDIENCE);
      claims.addProperty("iat", NOW.getEpochSecond() - 10);
      claims.addProperty("exp", NOW.getEpochSecond() + 600);
      claims.addProperty("email", "ana@acme.example");
    }

    static Token ofGoogle() {
      Token token = new Token().head("alg", "RS256").head("kid", "google-1");
      token.claims.addProperty("iss", "https://accounts.google.com");
      token.claims.addProperty("aud", AUDIENCE);
      token.claims.addProperty("email_verified", true);
      token.key = rsa;
      token.algorithm = "SHA256withRSA";
      return token;
    }

    Token head(String name, String value) {
      head.addProperty(name, value);
      return this;
    }

    Token claim(String name, Object value) {
      if (value instanceof Number number) {
        claims.addProperty(name, number);
      } else {
        claims.addProperty(name, value.toString());
      }
      return this;
    }

    Token without(String claim) {
      claims.remove(claim);
      return this;
    }

    Token signedBy(KeyPair other) {
      key = other;
      return this;
    }

    String made() {
      try {
        String signed = encoded(head) + "." + encoded(claims);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    static String encoded(JsonObject part) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(part.toString().getBytes(UTF_8));
    }
  }

  private Optional<String> iap(String token) {
    return who(Map.of("x-goog-iap-jwt-assertion", token));
  }

  private Optional<String> who(Map<String, String> headers) {
    return access.who(new Request("GET", "/", Map.of(), headers, ""));
  }

  @Test
  void whomIapVouchesForIsKnown() {
    assertThat(iap(new Token().made())).contains("ana@acme.example");
  }

  @Test
  void whomGooglesIdentityTokenNamesIsKnown() {
    assertThat(who(Map.of("authorization", "Bearer " + Token.ofGoogle().made())))
        .contains("ana@acme.example");
  }

  @Test
  void aTokenThatIsWrongInOneThingIsWorthNothing() {
    List<Token> wrong =
        List.of(
            new Token().signedBy(otherEc),
            new Token().head("alg", "none"),
            new Token().head("alg", "RS256"),
            new Token().head("kid", "unheard-of"),
            new Token().claim("iss", "https://accounts.google.com"),
            new Token().claim("aud", "/projects/2/locations/eu/services/console"),
            new Token().claim("exp", NOW.getEpochSecond() - 31),
            new Token().claim("iat", NOW.getEpochSecond() + 31),
            new Token().claim("email", ""),
            new Token().claim("email_verified", "false"),
            new Token().without("email"),
            new Token().without("exp"),
            new Token().without("iat"),
            new Token().without("aud"));

    assertThat(wrong).allSatisfy(token -> assertThat(iap(token.made())).isEmpty());
  }

  @Test
  void whatIsNoTokenIsWorthNothing() {
    String good = new Token().made();
    String unsigned = good.substring(0, good.lastIndexOf('.') + 1);

    for (String text : List.of("", "a.b", "a.b.c", "!.!.!", unsigned, good + "x", "e30.e30.e30")) {
      assertThat(iap(text)).as(text).isEmpty();
    }
  }

  @Test
  void aTokenInAnotherIssuersPlaceIsWorthNothing() {
    assertThat(iap(Token.ofGoogle().made())).isEmpty();
    assertThat(who(Map.of("authorization", "Bearer " + new Token().made()))).isEmpty();
  }

  @Test
  void aBadTokenIsNotMadeGoodByASecondOne() {
    assertThat(
            who(
                Map.of(
                    "x-goog-iap-jwt-assertion", new Token().signedBy(otherEc).made(),
                    "authorization", "Bearer " + Token.ofGoogle().made())))
        .isEmpty();
  }

  @Test
  void withoutATokenNobodyIsKnownWhateverTheOtherHeadersSay() {
    assertThat(who(Map.of("x-goog-authenticated-user-email", "accounts.google.com:ana@acme.example")))
        .isEmpty();
  }

  @Test
  void publishedKeysAreRead() throws GeneralSecurityException {
    ECPublicKey curve = (ECPublicKey) ec.getPublic();
    RSAPublicKey modulus = (RSAPublicKey) rsa.getPublic();
    String set =
        """
        {"keys":[
          {"kty":"EC","kid":"e","crv":"P-256","x":"%s","y":"%s"},
          {"kty":"RSA","kid":"r","n":"%s","e":"%s"},
          {"kty":"oct","kid":"o","k":"AA"}]}
        """
            .formatted(
                number(curve.getW().getAffineX()),
                number(curve.getW().getAffineY()),
                number(modulus.getModulus()),
                number(modulus.getPublicExponent()));

    assertThat(WebKeys.parse(set))
        .containsOnly(Map.entry("e", ec.getPublic()), Map.entry("r", rsa.getPublic()));
  }

  private static String number(BigInteger value) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value.toByteArray());
  }

  @Test
  void onALaptopOnlyLoopbacksOwnNamesAreAnswered() {
    Access laptop = new LaptopAccess("you@laptop");
    for (String host : List.of("127.0.0.1:20080", "localhost:1", "[::1]:2", "127.0.0.1")) {
      assertThat(laptop.who(of(host))).as(host).contains("you@laptop");
    }
    for (String host : List.of("evil.example:20080", "127.0.0.1.evil.example", "192.168.0.2:80")) {
      assertThat(laptop.who(of(host))).as(host).isEmpty();
    }
  }

  private static Request of(String host) {
    return new Request("GET", "/", Map.of(), Map.of("host", host), "");
  }

  @Test
  void peopleHaveTheHighestRoleThatNamesThem() {
    People people =
        new People(
            List.of("*@acme.example"),
            List.of("Dora@acme.example"),
            List.of("ana@acme.example"),
            List.of());

    assertThat(people.roleOf("ana@acme.example")).contains(Role.APPROVER);
    assertThat(people.roleOf("dora@ACME.example")).contains(Role.DEPLOYER);
    assertThat(people.roleOf("vic@acme.example")).contains(Role.VIEWER);
    assertThat(people.roleOf("eve@notacme.example")).isEmpty();
    assertThat(people.roleOf("@acme.example")).isEmpty();
    assertThat(People.DEFAULT.roleOf("eve@elsewhere.example")).contains(Role.VIEWER);
  }
}
