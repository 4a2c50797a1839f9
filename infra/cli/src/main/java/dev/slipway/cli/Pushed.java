package dev.slipway.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.upload.Bytes;
import dev.slipway.cli.upload.Uploader;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Upload;
import java.util.List;

/**
 * What came of a push.
 *
 * @param releases one for each crate in the archive
 * @param flag what names the environment on the command line, with a blank before it, or nothing
 */
record Pushed(Uploader.Uploaded uploaded, List<ReleaseId> releases, String flag) {

  Pushed {
    releases = List.copyOf(releases);
  }

  /** Says it. */
  void show(Screen screen) {
    if (screen.isJson()) {
      screen.json(json());
    } else {
      tell(screen);
    }
  }

  private JsonObject json() {
    Upload upload = uploaded.upload();
    JsonObject result = new JsonObject();
    result.addProperty("bucket", upload.bucket());
    result.addProperty("object", upload.object());
    result.addProperty("generation", Long.toString(upload.generation()));
    result.addProperty("key", upload.key());
    result.addProperty("same", uploaded.same());
    result.addProperty("resumed", uploaded.resumed());
    JsonArray ids = new JsonArray();
    releases.forEach(id -> ids.add(id.toString()));
    result.add("releases", ids);
    return result;
  }

  private void tell(Screen screen) {
    Upload upload = uploaded.upload();
    screen.line(
        "%s gs://%s/%s (generation %d)%s."
            .formatted(
                uploaded.same() ? "There already, with the same content:" : "Uploaded",
                upload.bucket(),
                upload.object(),
                upload.generation(),
                uploaded.resumed() > 0
                    ? ", going on after " + Bytes.shown(uploaded.resumed())
                    : ""));
    for (ReleaseId id : releases) {
      screen.line("Its release is %s: slipway watch %s%s".formatted(id, id, flag));
      if (uploaded.same()) {
        screen.line("To try the same again: slipway retry %s%s".formatted(id, flag));
      }
    }
  }
}
