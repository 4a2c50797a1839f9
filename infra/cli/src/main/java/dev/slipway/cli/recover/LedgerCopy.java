package dev.slipway.cli.recover;

import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.QuerySnapshot;
import com.google.cloud.firestore.WriteBatch;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.google.Answers;
import dev.slipway.local.state.IoReason;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole ledger in a file, a document a line, and back. Documents that change meanwhile are
 * copied as they were or as they are: pause first for a copy of one moment.
 */
public final class LedgerCopy {

  /** Below the documents of a collection. */
  private static final List<String> BELOW = List.of("events");

  private static final int PAGE = 300;

  private final Firestore firestore;

  public LedgerCopy(Firestore firestore) {
    this.firestore = firestore;
  }

  /**
   * Writes every document.
   *
   * @return how many
   */
  public long export(Path file) {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      long count = 0;
      for (CollectionReference collection : firestore.listCollections()) {
        count += export(collection, out);
      }
      for (String below : BELOW) {
        count += export(firestore.collectionGroup(below), out);
      }
      return count;
    } catch (IOException e) {
      throw new Failure("Tried to write the ledger to %s but failed: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  private static long export(Query all, BufferedWriter out) throws IOException {
    long count = 0;
    Query next = all.limit(PAGE);
    while (true) {
      QuerySnapshot page = Answers.of(next.get());
      for (QueryDocumentSnapshot document : page) {
        out.write(Lines.write(document.getReference().getPath(), document.getData()));
        out.newLine();
      }
      count += page.size();
      if (page.size() < PAGE) {
        return count;
      }
      next = all.limit(PAGE).startAfter(page.getDocuments().getLast());
    }
  }

  /**
   * Writes every document of a file into an empty ledger.
   *
   * @return how many
   * @throws Failure when there is a ledger already
   */
  public long restore(Path file) {
    if (!isEmpty()) {
      throw new Failure(
          "There is a ledger in this database already. Restore into an empty one: name another"
              + " with --database, or delete this one first.");
    }
    try (BufferedReader in = Files.newBufferedReader(file)) {
      long count = 0;
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        if (lines.size() == PAGE) {
          count += write(lines);
          lines.clear();
        }
      }
      return count + write(lines);
    } catch (IOException e) {
      throw new Failure("Tried to read the ledger from %s but failed: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  private boolean isEmpty() {
    for (CollectionReference collection : firestore.listCollections()) {
      if (!Answers.of(collection.limit(1).get()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private long write(List<String> lines) {
    if (lines.isEmpty()) {
      return 0;
    }
    WriteBatch batch = firestore.batch();
    for (String line : lines) {
      Lines.Document document = Lines.read(line);
      batch.create(firestore.document(document.path()), document.fields());
    }
    return Answers.of(batch.commit()).size();
  }
}
