package dev.slipway.source;

import dev.slipway.release.Finding;
import dev.slipway.release.TrialRun;
import dev.slipway.release.Unheard;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Warns of what makes Cloud Run answer 503 although the program runs: listening on loopback only,
 * or on a port of its own choice.
 *
 * <p>Reads the sources as text: comments, tests, benches, examples, build scripts and vendored
 * packages aside, only an address in a statement that binds, serves or makes a socket address
 * counts, and never one that connects.
 */
final class Preflight {

  private static final int MAX_BYTES = 1 << 20;
  private static final long MAX_TOTAL = 32L << 20;
  private static final int MAX_PLACES = 20;
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "\"(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]{1,5})?\""
              + "|\\bIpv[46]Addr::LOCALHOST\\b"
              + "|\\[\\s*127\\s*,\\s*0\\s*,\\s*0\\s*,\\s*1\\s*\\]"
              + "|\\bIpv4Addr::new\\(\\s*127\\s*,");
  private static final Pattern FIXED_PORT =
      Pattern.compile(
          "\"(0\\.0\\.0\\.0|\\[::\\]):[1-9][0-9]{0,4}\""
              + "|(\"(0\\.0\\.0\\.0|::)\"|\\[\\s*0\\s*,\\s*0\\s*,\\s*0\\s*,\\s*0\\s*\\]"
              + "|Ipv[46]Addr::UNSPECIFIED)[\\s).into]{0,20},\\s*[1-9][0-9_]{1,5}\\b");
  private static final Pattern LISTENS =
      Pattern.compile(
          "\\b(\\w*bind\\w*|SocketAddr\\w*|\\w*listen\\w*|serve|Server|TcpListener)\\b");
  private static final Pattern BINDS = Pattern.compile("\\b(bind\\w*|serve\\w*|listen)\\s*\\(");
  private static final Pattern CONNECTS = Pattern.compile("\\b\\w*(connect|client|Client)\\w*\\b");
  private static final Pattern READS_PORT =
      Pattern.compile("\"(\\w*_)?PORT\"|\\benv\\b[^;]{0,40}\\bport\\b");

  private final Tree tree;
  private final Findings warnings;
  private final List<Finding> fixedPorts = new ArrayList<>();
  private boolean readsPort;
  private long total;

  Preflight(Tree tree, Findings warnings) {
    this.tree = tree;
    this.warnings = warnings;
  }

  void check() {
    walk(tree.root(), "");
    if (!readsPort) {
      fixedPorts.forEach(warnings::add);
    }
  }

  private void walk(Node folder, String path) {
    if (Junk.isVendored(folder)) {
      return;
    }
    for (Node child : folder.children()) {
      String at = Paths.join(path, child.name());
      if (child.isFolder() && !isAside(child.name())) {
        walk(child, at);
      } else if (child.name().endsWith(".rs") && !child.name().equals("build.rs")) {
        child.content().ifPresent(content -> read(at, content));
      }
    }
  }

  private static boolean isAside(String folder) {
    return switch (folder) {
      case "tests", "benches", "examples", "vendor", "fuzz", "xtask" -> true;
      default -> false;
    };
  }

  private void read(String path, Spool.Stored content) {
    total += content.size();
    if (total <= MAX_TOTAL) {
      tree.textIfSmall(content, MAX_BYTES).ifPresent(text -> check(path, RustText.of(text)));
    }
  }

  private void check(String path, RustText text) {
    readsPort |= READS_PORT.matcher(text.code()).find();
    Matcher loopback = LOOPBACK.matcher(text.code());
    for (int i = 0; i < MAX_PLACES && loopback.find(); i++) {
      if (isListening(text, loopback)) {
        warnings.at(
            Unheard.LOOPBACK,
            path + ":" + text.line(loopback.start()),
            TrialRun.ONLY_LOOPBACK);
      }
    }
    Matcher port = FIXED_PORT.matcher(text.code());
    for (int i = 0; i < MAX_PLACES && port.find(); i++) {
      if (isListening(text, port)) {
        fixedPorts.add(
            Finding.at(
                Unheard.FIXED_PORT,
                Shown.text(path) + ":" + text.line(port.start()),
                "it listens on a port of its own and nothing reads $PORT, which Cloud Run sets:"
                    + " read the port from the environment variable PORT"));
      }
    }
  }

  private static boolean isListening(RustText text, Matcher address) {
    String statement = text.statement(address.start(), address.end());
    boolean parsed = statement.contains("parse") && BINDS.matcher(text.bare()).find();
    return (LISTENS.matcher(statement).find() || parsed) && !CONNECTS.matcher(statement).find();
  }
}
