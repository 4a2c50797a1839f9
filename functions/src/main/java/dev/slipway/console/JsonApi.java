package dev.slipway.console;

import com.google.gson.JsonArray;
import dev.slipway.json.Json;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ServiceRecord;
import java.util.List;
import java.util.Optional;

/**
 * The read-only JSON API.
 *
 * <pre>
 * GET /api/services             every service: who is live, what was before, image sizes
 * GET /api/releases?limit=N     the latest releases, newest first; N is 1 to 1000, else 50
 * GET /api/releases/ID          one release and its events: {"release":{...},"events":[...]}
 * </pre>
 */
public final class JsonApi {

  private static final String RELEASES = "/api/releases";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  private final Ask ledger;

  public JsonApi(Ask ledger) {
    this.ledger = ledger;
  }

  /**
   * Answers a request.
   *
   * @param limit the query parameter of that name
   */
  public Answer answer(String method, String path, Optional<String> limit) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.error(405, "only GET is answered here");
    }
    if (path.equals("/api/services")) {
      return Answer.of(array(ledger.services(), ServiceRecord.class));
    }
    if (path.equals(RELEASES)) {
      return releases(limit);
    }
    return path.startsWith(RELEASES + "/")
        ? release(path.substring(RELEASES.length() + 1))
        : Answer.error(404, "there are /api/services, /api/releases and /api/releases/ID");
  }

  private Answer releases(Optional<String> limit) {
    int most;
    try {
      most = limit.map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    } catch (NumberFormatException e) {
      most = 0;
    }
    return most < 1 || most > MAX_LIMIT
        ? Answer.error(400, "limit is a whole number, 1 to " + MAX_LIMIT)
        : Answer.of(array(ledger.releases(most), Release.class));
  }

  private Answer release(String text) {
    ReleaseId id;
    try {
      id = ReleaseId.parse(text);
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    }
    return ledger
        .release(id)
        .map(whole -> Answer.of(Json.tree(whole, Ask.Whole.class)))
        .orElseGet(() -> Answer.error(404, "there is no release " + id));
  }

  private static <T> JsonArray array(List<T> values, Class<T> type) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(Json.tree(value, type)));
    return array;
  }
}
