package dev.slipway.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.slipway.cli.pack.Pack;
import dev.slipway.cli.terminal.Exit;
import dev.slipway.cli.terminal.Screen;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.upload.Bytes;
import java.util.Optional;

/** {@code push --list}: which files would be packed. */
final class PackList {

  private PackList() {}

  /** Shows them. */
  static int show(Pack pack, Screen screen) {
    long total = pack.sizes().values().stream().mapToLong(Long::longValue).sum();
    if (screen.isJson()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("root", pack.root().toString());
      JsonArray files = new JsonArray();
      pack.sizes()
          .forEach(
              (path, bytes) -> {
                JsonObject file = new JsonObject();
                file.addProperty("path", path);
                file.addProperty("bytes", bytes);
                files.add(file);
              });
      answer.add("files", files);
      answer.addProperty("bytes", total);
      commit(pack).ifPresent(commit -> answer.addProperty("commit", commit));
      screen.json(answer);
      return Exit.DONE;
    }
    pack.notes().forEach(note -> screen.note("note: " + note));
    Table table = new Table("BYTES", "FILE");
    pack.sizes().forEach((path, bytes) -> table.row(Long.toString(bytes), path));
    screen.lines(table.lines());
    screen.line("%d files, %s%s".formatted(
        pack.files().size(),
        Bytes.shown(total),
        commit(pack).map(commit -> ", of commit " + commit).orElse("")));
    return Exit.DONE;
  }

  private static Optional<String> commit(Pack pack) {
    return pack.commit().map(commit -> commit.sha1() + (commit.dirty() ? " (changed)" : ""));
  }
}
