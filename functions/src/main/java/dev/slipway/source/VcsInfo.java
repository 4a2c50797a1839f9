package dev.slipway.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.slipway.release.Crate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code .cargo_vcs_info.json}, by which {@code cargo package} records the git commit. */
final class VcsInfo {

  private static final String FILE = ".cargo_vcs_info.json";
  private static final int MAX_BYTES = 16 << 10;
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private VcsInfo() {}

  /** The commit; a file that is not as cargo writes it is a warning: nothing depends on it. */
  static Optional<Crate.Commit> read(Tree tree, Findings warnings) {
    Optional<String> text = tree.text(FILE, MAX_BYTES);
    Optional<Crate.Commit> commit = text.flatMap(VcsInfo::parse);
    if (text.isPresent() && commit.isEmpty()) {
      warnings.at("vcs-info", FILE, "it names no git commit as cargo writes it: it is ignored");
    }
    return commit;
  }

  private static Optional<Crate.Commit> parse(String text) {
    try {
      if (!(JsonParser.parseString(text) instanceof JsonObject root)
          || !(root.get("git") instanceof JsonObject git)) {
        return Optional.empty();
      }
      JsonElement flag = git.get("dirty");
      JsonElement element = root.get("path_in_vcs");
      boolean dirty = flag != null && flag.getAsBoolean();
      String path = element == null ? "" : element.getAsString();
      return Optional.ofNullable(git.get("sha1"))
          .map(JsonElement::getAsString)
          .filter(sha1 -> SHA1.matcher(sha1).matches())
          .map(sha1 -> new Crate.Commit(sha1, dirty, Shown.text(path)));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
