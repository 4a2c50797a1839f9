package dev.slipway.cli.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.cli.laptop.Failure;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Google's command line, for what only it can do in a person's name. */
final class Gcloud {

  private static final long SECONDS = 30;
  private static final int SHOWN = 300;

  private final List<String> command;

  /**
   * Runs another program.
   *
   * @param command the program, and the arguments that come first
   */
  Gcloud(List<String> command) {
    this.command = List.copyOf(command);
  }

  Gcloud() {
    this(List.of("gcloud", "auth", "print-identity-token"));
  }

  /** The token of the account that is active in gcloud. */
  String identityToken() {
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failed("it said nothing for " + SECONDS + " s");
      }
      String token = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.exitValue() != 0 || token.isEmpty()) {
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8).strip();
        throw failed(said.substring(0, Math.min(said.length(), SHOWN)));
      }
      return token;
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("it was interrupted");
    }
  }

  private Failure failed(String why) {
    return new Failure(
        ("Tried to get an identity token by '%s' but failed: %s. Log in with 'gcloud auth login',"
                + " or set GOOGLE_APPLICATION_CREDENTIALS to a service account's.")
            .formatted(String.join(" ", command), why));
  }
}
