package dev.slipway.console.access;

import java.util.Set;

/**
 * Somebody whose word about who asks is taken.
 *
 * @param header where its token comes, in lower case
 * @param algorithm how it signs
 * @param names what it calls itself in {@code iss}
 * @param audiences whom the token must be made out for: one of these
 * @param keys what it signs with
 */
public record Issuer(
    String header, Algorithm algorithm, Set<String> names, Set<String> audiences, Keys keys) {

  public static final String IAP_KEYS = "https://www.gstatic.com/iap/verify/public_key-jwk";
  public static final String GOOGLE_KEYS = "https://www.googleapis.com/oauth2/v3/certs";

  public Issuer {
    names = Set.copyOf(names);
    audiences = Set.copyOf(audiences);
  }

  /** How a token is signed, in the words of RFC 7518 and of the JDK. */
  public enum Algorithm {
    ES256("SHA256withECDSAinP1363Format"),
    RS256("SHA256withRSA");

    private final String jdkName;

    Algorithm(String jdkName) {
      this.jdkName = jdkName;
    }

    String jdkName() {
      return jdkName;
    }
  }

  /**
   * Identity-Aware Proxy.
   *
   * @param audience as IAP names the service it stands before, such as {@code
   *     /projects/NUMBER/locations/REGION/services/SERVICE}
   */
  public static Issuer iap(String audience, Keys keys) {
    return new Issuer(
        "x-goog-iap-jwt-assertion",
        Algorithm.ES256,
        Set.of("https://cloud.google.com/iap"),
        Set.of(audience),
        keys);
  }

  /**
   * Google's identity tokens, as the command line sends them. Cloud Run takes the signature off the
   * token it checks itself, so the caller sends that one as {@code x-serverless-authorization} and
   * the same again as {@code authorization}, which arrives whole.
   */
  public static Issuer google(Set<String> audiences, Keys keys) {
    return new Issuer(
        "authorization",
        Algorithm.RS256,
        Set.of("https://accounts.google.com", "accounts.google.com"),
        audiences,
        keys);
  }
}
