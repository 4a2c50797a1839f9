package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  // Put together here, so that no scanner takes the source of a test for a leak.
  private static final String HIDDEN = "Zz9" + "x7Kq".repeat(9);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghp_%s",
        "github_pat_%s",
        "glpat-%s",
        "xoxb-%s",
        "ya29.%s",
        "AIza%s",
        "GOCSPX-%s",
        "sk_live_%s",
        "eyJ%1$s.eyJ%1$s.%1$s",
        "https://hooks.slack.com/services/T0/B0/%s",
        "postgres://shop:%s@db/shop",
        "Authorization: Bearer %s",
        "DATABASE_PASSWORD=%s",
        "export API_KEY='%s'",
        "\"client_secret\": \"%s\"",
        "aws_secret_access_key = %s",
        "stripe-token: %s",
        "-----BEGIN RSA PRIVATE KEY-----\n%s\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n%s\ncut off",
      })
  void masksWhatLooksLikeASecret(String form) {
    String text = "before " + form.formatted(HIDDEN) + " after";

    assertThat(Secrets.mask(text)).startsWith("before ").contains("***").doesNotContain(HIDDEN);
  }

  @Test
  void masksAnAmazonKey() {
    assertThat(Secrets.mask("key AKIA" + "ABCDEFGHIJKLMNOP.")).isEqualTo("key ***.");
  }

  @Test
  void masksALineOfAKeyWhoseHeadIsOutOfSight() {
    assertThat(Secrets.mask("a\n" + "Ab3/".repeat(16) + "\nb")).isEqualTo("a\n***\nb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error[E0308]: mismatched types",
        "   Compiling tokio v1.40.0",
        "error: expected one of `:`, `;`, or `=`, found `token`",
        "use crate::token::Token;",
        "thread 'main' panicked at src/main.rs:1:1:",
        "see https://doc.rust-lang.org/error_codes/E0308.html",
      })
  void leavesTheCompilersWordsAlone(String line) {
    assertThat(Secrets.mask(line)).isEqualTo(line);
  }
}
