package dev.slipway.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.laptop.Failure;
import dev.slipway.console.ask.Selection;
import dev.slipway.release.Command;
import dev.slipway.release.ReleaseId;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConsoleApiTest {

  private static final ReleaseId ID = ReleaseId.parse("hello-0123456789ab");

  private FakeConsole console;
  private ConsoleApi api;

  @BeforeEach
  void start() throws IOException {
    console = new FakeConsole();
    api = new ConsoleApi(URI.create(console.address()), () -> Optional.of("a.signed.token"));
  }

  @AfterEach
  void stop() {
    api.close();
    console.close();
  }

  @Test
  void theTokenIsSentForCloudRunAndForTheConsole() {
    console.answers("/api/me", 200, "{\"name\":\"dora@acme.example\",\"role\":\"DEPLOYER\"}");

    ConsoleApi.Me me = api.me();

    assertThat(me.name()).isEqualTo("dora@acme.example");
    assertThat(console.asked().getFirst().headers())
        .containsEntry("authorization", "Bearer a.signed.token")
        .containsEntry("x-serverless-authorization", "Bearer a.signed.token");
  }

  @Test
  void aCommandIsSentAsJson() {
    console.answers(
        "/api/releases/" + ID + "/commands",
        202,
        "{\"kind\":\"PAUSE\",\"release\":\"%s\",\"actor\":\"d\",\"reason\":\"r\"}".formatted(ID));

    Command command = api.command(ID, Command.Kind.PAUSE, "look \"first\"");

    assertThat(command.kind()).isEqualTo(Command.Kind.PAUSE);
    assertThat(console.asked().getFirst().headers())
        .containsEntry("content-type", "application/json");
    assertThat(console.asked().getFirst().body())
        .isEqualTo("{\"kind\":\"PAUSE\",\"reason\":\"look \\\"first\\\"\"}");
  }

  @Test
  void whoeverStandsBeforeTheConsoleIsHeardOut() {
    console.answers("/api/services", 503, "no healthy upstream\n");
    console.answers(
        "/api/me", 503, "<html><head><title>The service is \nasleep</title></head>Sorry</html>");

    assertThatThrownBy(api::services).hasMessageContaining("was 503: no healthy upstream. Try");
    assertThatThrownBy(api::me).hasMessageContaining("was 503: The service is asleep. Try");
  }

  @Test
  void theConsolesOwnWordsAreKept() {
    console.answers("/api/releases/" + ID, 404, "{\"error\":\"There is no release.\"}");
    console.answers("/api/services", 401, "{\"error\":\"Nobody vouches.\"}");

    assertThatThrownBy(() -> api.release(ID))
        .isInstanceOfSatisfying(ApiFailure.class, e -> assertThat(e.isNotFound()).isTrue())
        .hasMessage("There is no release.");
    assertThatThrownBy(api::services)
        .hasMessageContaining("Nobody vouches.")
        .hasMessageContaining("SLIPWAY_TOKEN_AUDIENCES");
  }

  @Test
  void whatThePlatformAnswersIsExplained() {
    for (Object[] pair :
        List.of(
            new Object[] {401, "gcloud auth login"},
            new Object[] {403, "roles/run.invoker"},
            new Object[] {302, "Identity-Aware Proxy"},
            new Object[] {503, "503"})) {
      console.answers("/api/me", (int) pair[0], "<html>");

      assertThatThrownBy(api::me)
          .isInstanceOf(ApiFailure.class)
          .hasMessageContaining("Tried GET " + console.address() + "api/me")
          .hasMessageContaining((String) pair[1]);
    }
  }

  @Test
  void anAnswerThatIsNotUnderstoodSaysWhatToDo() {
    console.answers("/api/me", 200, "<html>hello");
    console.answers("/api/releases", 200, "[{\"id\":\"x\"}]");

    assertThatThrownBy(api::me).isInstanceOf(Failure.class).hasMessageContaining("no JSON");
    assertThatThrownBy(() -> api.releases(Selection.newest(1)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("older than");
  }

  @Test
  void whereNobodyAnswersThatIsSaid() {
    console.close();

    assertThatThrownBy(api::me)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Tried GET " + console.address() + "api/me")
        .hasMessageContaining("nobody answers there");
  }
}
