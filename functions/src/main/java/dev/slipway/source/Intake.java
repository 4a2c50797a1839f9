package dev.slipway.source;

import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the entries of an archive into a tree of names and a spool of contents.
 *
 * <p>What is wrong with a name is found here. What is wrong with the kind of an entry (a link, a
 * device) is only noted: it may turn out to lie in a folder that is left out.
 */
final class Intake implements EntrySink {

  private final Limits limits;
  private final Findings findings;
  private final Spool spool;
  private final Node root = new Node("");
  private int nodes;
  private int entries;

  Intake(Limits limits, Findings findings, Spool spool) {
    this.limits = limits;
    this.findings = findings;
    this.spool = spool;
  }

  Node root() {
    return root;
  }

  @Override
  public void accept(Entry entry, InputStream content) throws IOException {
    entries++;
    checkCount();
    Optional<EntryPath> path = EntryPath.of(entry.name().bytes(), limits, findings);
    if (path.isEmpty() || path.get().parts().isEmpty()) {
      return;
    }
    Optional<Node> place = place(path.get().parts(), entry);
    if (place.isPresent() && entry.kind() == Entry.Kind.FILE) {
      keep(place.get(), entry, content);
    }
  }

  private void keep(Node node, Entry entry, InputStream content) throws IOException {
    if (entry.size() > limits.file()) {
      findings.add(Finding.tooLarge(entry.name().toString(), entry.size(), limits));
      return;
    }
    node.hold(spool.put(content));
  }

  private void checkCount() throws UnreadableException {
    if (Math.max(nodes, entries) > limits.entries()) {
      throw ZipDirectory.tooMany(limits);
    }
  }

  private Optional<Node> place(List<String> parts, Entry entry) throws UnreadableException {
    Node node = root;
    List<String> way = new ArrayList<>();
    for (String part : parts) {
      if (!node.isFolder()) {
        findings.at(
            "file-under-file",
            String.join("/", parts),
            "'%s' is a file and cannot hold another"
                .formatted(Shown.text(String.join("/", way))));
        return Optional.empty();
      }
      Optional<Node> next = step(node, part, parts);
      if (next.isEmpty()) {
        return next;
      }
      node = next.get();
      way.add(part);
    }
    return settle(node, entry, parts);
  }

  private Optional<Node> step(Node folder, String part, List<String> parts)
      throws UnreadableException {
    Optional<Node> there = folder.namesake(part);
    if (there.isEmpty()) {
      Node made = new Node(part);
      folder.add(made);
      nodes++;
      checkCount();
      return Optional.of(made);
    }
    if (!there.get().name().equals(part)) {
      findings.at(
          "case-duplicate",
          String.join("/", parts),
          "'%s' and '%s' are one name where case or accents do not count: rename one"
              .formatted(Shown.text(part), Shown.text(there.get().name())));
      return Optional.empty();
    }
    return there;
  }

  private Optional<Node> settle(Node node, Entry entry, List<String> parts) {
    boolean folder = entry.kind() == Entry.Kind.FOLDER;
    boolean isNew = node.kind().isEmpty();
    boolean hasChildren = !node.childrenUnordered().isEmpty();
    if (isNew && hasChildren && !folder) {
      findings.at(
          "file-under-file",
          String.join("/", parts),
          "it is a file here and a folder with files elsewhere in the archive");
      return Optional.empty();
    }
    if (!isNew && !(folder && node.isFolder())) {
      findings.at(
          "duplicate",
          String.join("/", parts),
          "the archive holds it twice: programs differ on which one counts");
      return Optional.empty();
    }
    node.become(entry);
    return Optional.of(node);
  }
}
