package dev.slipway.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.upload.Bytes;
import java.io.IOException;

/** {@code push --dry-run}: what would be uploaded, and which releases would come of it. */
final class DryRun {

  private DryRun() {}

  /** Says it. */
  static int show(Cargo cargo, Screen screen) throws IOException {
    if (screen.isJson()) {
      JsonObject answer = new JsonObject();
      answer.add("services", services(cargo));
      answer.addProperty("bytes", cargo.bytes());
      answer.addProperty("sha256", cargo.checked().sha256());
      answer.addProperty("warnings", cargo.warnings().size());
      screen.json(answer);
      return Exit.DONE;
    }
    cargo.crates()
        .forEach(
            crate ->
                screen.line(
                    "%s would be a release of %s %s, program %s"
                        .formatted(
                            crate.service(), crate.name(), crate.version(), crate.binary())));
    screen.line(
        "%s to upload%s, %d warnings; nothing was uploaded."
            .formatted(
                Bytes.shown(cargo.bytes()),
                cargo.pack().map(p -> " of " + p.files().size() + " files").orElse(""),
                cargo.warnings().size()));
    return Exit.DONE;
  }

  private static JsonArray services(Cargo cargo) {
    JsonArray services = new JsonArray();
    cargo.crates().forEach(crate -> services.add(crate.service().value()));
    return services;
  }
}
