package dev.slipway;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The tokens a function shows to others: of its own service account, or none on a laptop. */
interface Identity {

  /** Shows nothing to anyone. */
  Identity NOBODY =
      new Identity() {
        @Override
        public Optional<String> accessToken() {
          return Optional.empty();
        }

        @Override
        public Optional<String> idToken(String audience) {
          return Optional.empty();
        }
      };

  /** A bearer token for Google's APIs, good for now. */
  Optional<String> accessToken();

  /** A token that says to {@code audience} who is asking. */
  Optional<String> idToken(String audience);

  /** The service account the function runs as, from Application Default Credentials. */
  static Identity ofThisProcess() {
    GoogleCredentials credentials;
    try {
      credentials =
          GoogleCredentials.getApplicationDefault()
              .createScoped(List.of("https://www.googleapis.com/auth/cloud-platform"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Tried to find the function's own credentials but failed. Run it as a service account.",
          e);
    }
    return new OfCredentials(credentials);
  }

  /** Tokens of one account. */
  record OfCredentials(GoogleCredentials credentials) implements Identity {

    @Override
    public Optional<String> accessToken() {
      try {
        credentials.refreshIfExpired();
      } catch (IOException e) {
        throw new UncheckedIOException("Tried to refresh the function's access token", e);
      }
      return Optional.of(credentials.getAccessToken().getTokenValue());
    }

    @Override
    public Optional<String> idToken(String audience) {
      if (!(credentials instanceof IdTokenProvider provider)) {
        return Optional.empty();
      }
      IdTokenCredentials token =
          IdTokenCredentials.newBuilder()
              .setIdTokenProvider(provider)
              .setTargetAudience(audience)
              .build();
      try {
        token.refreshIfExpired();
      } catch (IOException e) {
        throw new UncheckedIOException("Tried to get an identity token for " + audience, e);
      }
      return Optional.of(token.getIdToken().getTokenValue());
    }
  }
}
