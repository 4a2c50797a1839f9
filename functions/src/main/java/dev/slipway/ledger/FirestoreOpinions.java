package dev.slipway.ledger;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import dev.slipway.google.Answers;
import dev.slipway.json.Json;
import dev.slipway.release.Plan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Answers in the ledger's database, one document a question, with the time it may be deleted in the
 * field {@code expires}.
 */
public final class FirestoreOpinions implements Opinions {

  private static final String COLLECTION = "opinions";
  private static final String ANSWER = "answer";

  private final Firestore firestore;

  public FirestoreOpinions(Firestore firestore) {
    this.firestore = firestore;
  }

  @Override
  public Optional<Plan.Check> find(String question) {
    DocumentSnapshot found = Answers.of(document(question).get());
    return Optional.ofNullable(found.getString(ANSWER))
        .map(answer -> Json.read(answer, Plan.Check.class));
  }

  @Override
  public void leave(String question, Plan.Check answer, Instant until) {
    try {
      var unused =
          Answers.of(
              document(question)
                  .create(
                      Map.of(
                          ANSWER,
                          Json.write(answer, Plan.Check.class),
                          "expires",
                          Documents.timestamp(until))));
    } catch (AlreadyExistsException e) {
      // Another delivery of the same question was quicker.
    }
  }

  private DocumentReference document(String question) {
    return firestore.collection(COLLECTION).document(question);
  }
}
