package dev.slipway.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.laptop.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GcloudTest {

  @Test
  void whatItPrintsIsTheToken() {
    assertThat(new Gcloud(List.of("/bin/sh", "-c", "echo a.signed.token")).identityToken())
        .isEqualTo("a.signed.token");
  }

  @Test
  void whatItComplainsOfIsSaidWithWhatToDo() {
    Gcloud gcloud = new Gcloud(List.of("/bin/sh", "-c", "echo 'no account' >&2; exit 1"));

    assertThatThrownBy(gcloud::identityToken)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no account")
        .hasMessageContaining("gcloud auth login");
  }

  @Test
  void whereItIsNotInstalledThatIsSaid() {
    Gcloud gcloud = new Gcloud(List.of("/nowhere/gcloud"));

    assertThatThrownBy(gcloud::identityToken)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("/nowhere/gcloud")
        .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS");
  }
}
