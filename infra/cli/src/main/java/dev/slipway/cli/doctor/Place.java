package dev.slipway.cli.doctor;

/**
 * Where an environment is, and the addresses of what is in it.
 *
 * @param region {@link #ANYWHERE} while it is not known
 * @param number the project's; empty while it is not known
 */
record Place(String project, String region, String number) {

  Place numbered(String number) {
    return new Place(project, region, number);
  }

  /** Everywhere, while it is not known which region it is. */
  static final String ANYWHERE = "-";

  Place in(String region) {
    return new Place(project, region, number);
  }

  /** {@code https://HOST.googleapis.com/VERSION/projects/PROJECT/PATH}. */
  String global(String host, String path) {
    return "https://%s.googleapis.com/%s/projects/%s%s"
        .formatted(host, version(host), project, path);
  }

  /** The same, of what is in the region. */
  String regional(String host, String path) {
    return global(host, "/locations/" + region + path);
  }

  private static String version(String host) {
    return switch (host) {
      case "cloudfunctions", "run" -> "v2";
      case "monitoring" -> "v3";
      default -> "v1";
    };
  }

  /** The e-mail address of one of Google's own accounts in this project. */
  String agent(String host) {
    return "serviceAccount:service-%s@%s.iam.gserviceaccount.com".formatted(number, host);
  }

  /** What is made again by Terraform. */
  String apply() {
    return "cd infra/gcp && terraform apply";
  }
}
