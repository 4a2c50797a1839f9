package dev.slipway.cli.environment;

/** Where identity tokens come from. */
public enum IdentitySource {
  /** From a service account where the application's default credentials are one, else gcloud. */
  AUTO,
  /** From the application's default credentials. */
  APPLICATION_DEFAULT,
  /** From {@code gcloud auth print-identity-token}. */
  GCLOUD,
  /** From nowhere: a console on this machine, behind a proxy that says who asks. */
  NONE
}
