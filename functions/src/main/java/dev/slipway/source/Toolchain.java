package dev.slipway.source;

import java.util.Optional;
import java.util.regex.Pattern;

/** The toolchain an upload asks rustup for. */
final class Toolchain {

  private static final int MAX_BYTES = 16 << 10;
  private static final Pattern CHANNEL =
      Pattern.compile(
          "(stable|beta|nightly|[0-9]{1,3}\\.[0-9]{1,4}(\\.[0-9]{1,4})?(-beta(\\.[0-9]{1,3})?)?)"
              + "(-[0-9]{4}-[0-9]{2}-[0-9]{2})?(-[a-z0-9_]+(-[a-z0-9_]+){1,3})?");

  private Toolchain() {}

  /** The channel, from the file rustup itself would read: the one without an ending wins. */
  static Optional<String> channel(Manifests manifests, Findings findings) {
    Tree tree = manifests.tree();
    String path = tree.hasFile("rust-toolchain") ? "rust-toolchain" : "rust-toolchain.toml";
    Optional<String> text = tree.text(path, MAX_BYTES).map(String::strip);
    boolean bare = text.isPresent() && text.get().indexOf('\n') < 0 && !text.get().startsWith("[");
    Optional<String> channel =
        bare && !path.endsWith(".toml")
            ? text
            : manifests.table(path).flatMap(table -> stated(path, table, findings));
    channel
        .filter(stated -> !CHANNEL.matcher(stated).matches())
        .ifPresent(
            stated ->
                findings.at(
                    "bad-toolchain",
                    path,
                    "'%s' is no toolchain of rustup: use a channel such as stable or 1.85.0"
                        .formatted(Shown.text(stated))));
    return channel.filter(stated -> CHANNEL.matcher(stated).matches());
  }

  private static Optional<String> stated(String path, Table table, Findings findings) {
    Table toolchain = table.table("toolchain");
    if (toolchain.has("path")) {
      findings.at(
          "bad-toolchain",
          path,
          "`toolchain.path` is a toolchain of your machine, which the build does not have: use"
              + " toolchain.channel");
    }
    return toolchain.text("channel");
  }
}
