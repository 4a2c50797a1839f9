package dev.slipway.cli.environment;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdToken;
import com.google.auth.oauth2.IdTokenProvider;
import com.google.auth.oauth2.UserCredentials;
import dev.slipway.cli.laptop.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Identity tokens of Google's: of a service account, own or impersonated, for the console's
 * audience; and of a person's account by gcloud, which alone can make one out for them.
 */
final class GoogleIdentity implements Identity {

  private final String audience;
  private final IdentitySource source;
  private final Gcloud gcloud;

  GoogleIdentity(String audience, IdentitySource source, Gcloud gcloud) {
    this.audience = audience;
    this.source = source;
    this.gcloud = gcloud;
  }

  @Override
  public Optional<String> token() {
    return switch (source) {
      case NONE -> Optional.empty();
      case GCLOUD -> Optional.of(gcloud.identityToken());
      case APPLICATION_DEFAULT ->
          Optional.of(ofAccount(provider().orElseThrow(this::noAccount)));
      case AUTO -> Optional.of(provider().map(this::ofAccount).orElseGet(gcloud::identityToken));
    };
  }

  /** What can make a token out for any audience: credentials of a person cannot. */
  private static Optional<IdTokenProvider> provider() {
    try {
      GoogleCredentials credentials = GoogleCredentials.getApplicationDefault();
      return credentials instanceof IdTokenProvider provider
              && !(credentials instanceof UserCredentials)
          ? Optional.of(provider)
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private String ofAccount(IdTokenProvider provider) {
    try {
      IdToken token =
          provider.idTokenWithAudience(
              audience,
              List.of(IdTokenProvider.Option.INCLUDE_EMAIL, IdTokenProvider.Option.FORMAT_FULL));
      return token.getTokenValue();
    } catch (IOException e) {
      throw new Failure(
          ("Tried to get an identity token for %s from the application's default credentials but"
                  + " failed: %s. May the account make out tokens for itself"
                  + " (roles/iam.serviceAccountTokenCreator)?")
              .formatted(audience, e.getMessage()),
          e);
    }
  }

  private Failure noAccount() {
    return new Failure(
        "The application's default credentials are of no service account, and only one can have an"
            + " identity token for "
            + audience
            + ". Set GOOGLE_APPLICATION_CREDENTIALS, or 'identity: gcloud' in the environment.");
  }
}
