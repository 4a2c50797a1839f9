package dev.slipway.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The files of an accepted archive, read by path from the root of the crate. */
final class Tree {

  private final Node root;
  private final Spool spool;
  private final Findings findings;

  /**
   * The files below a node.
   *
   * @param findings where a file that cannot be read as text is reported
   */
  Tree(Node root, Spool spool, Findings findings) {
    this.root = root;
    this.spool = spool;
    this.findings = findings;
  }

  Node root() {
    return root;
  }

  boolean hasFile(String path) {
    return root.at(path).filter(Node::isFile).isPresent();
  }

  /** The folder at a path. */
  Optional<Node> folder(String path) {
    return root.at(path).filter(Node::isFolder);
  }

  /**
   * The text of a file.
   *
   * @param max bytes it may have; above, a finding takes the place of the text
   */
  Optional<String> text(String path, int max) {
    Optional<Spool.Stored> content = root.at(path).flatMap(Node::content);
    if (content.isPresent() && content.get().size() > max) {
      findings.at("too-large-to-read", path, "it has more than %,d bytes".formatted(max));
      return Optional.empty();
    }
    return content.flatMap(stored -> decode(path, bytes(stored)));
  }

  /** The text of a file, or nothing where it is too long or no UTF-8; never a finding. */
  Optional<String> textIfSmall(Spool.Stored stored, int max) {
    try {
      return stored.size() > max ? Optional.empty() : Optional.of(Shown.utf8(bytes(stored)));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Walks every file, with its path from the root. */
  void forEachFile(BiConsumer<String, Node> visitor) {
    walk(root, "", visitor);
  }

  private static void walk(Node folder, String path, BiConsumer<String, Node> visitor) {
    for (Node child : folder.children()) {
      String at = path + child.name();
      if (child.isFolder()) {
        walk(child, at + "/", visitor);
      } else {
        visitor.accept(at, child);
      }
    }
  }

  private Optional<String> decode(String path, byte[] bytes) {
    try {
      return Optional.of(Shown.utf8(bytes));
    } catch (CharacterCodingException e) {
      findings.at("not-text", path, "it is not UTF-8 text: save it as UTF-8");
      return Optional.empty();
    }
  }

  private byte[] bytes(Spool.Stored stored) {
    try (InputStream in = spool.open(stored)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the working file back", e);
    }
  }
}
