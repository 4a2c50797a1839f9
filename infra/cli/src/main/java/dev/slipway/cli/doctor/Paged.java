package dev.slipway.cli.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Asks on until a list is whole: Google answers long ones a page at a time. */
record Paged(Rest rest) implements Rest {

  private static final String NEXT = "nextPageToken";

  /** More is no list to look through, but an API that never ends. */
  private static final int MOST = 500;

  @Override
  public Answer ask(Request request) {
    Answer first = rest.ask(request);
    if (!first.isGood() || token(first).isEmpty()) {
      return first;
    }
    JsonObject whole = first.body().value().getAsJsonObject().deepCopy();
    Answer page = first;
    for (int pages = 1; !token(page).isEmpty(); pages++) {
      if (pages == MOST) {
        return Answer.silence(
            "%s has more than %d pages".formatted(request.uri().getHost(), MOST));
      }
      page = rest.ask(request.onPage(URLEncoder.encode(token(page), StandardCharsets.UTF_8)));
      if (!page.isGood()) {
        return page;
      }
      append(whole, page.body());
    }
    whole.remove(NEXT);
    return new Answer(first.status(), new Tree(whole), first.location(), first.date(), "");
  }

  private static String token(Answer answer) {
    return answer.body().text(NEXT);
  }

  private static void append(JsonObject whole, Tree page) {
    if (page.value() instanceof JsonObject object) {
      for (String key : object.keySet()) {
        JsonElement more = object.get(key);
        if (more instanceof JsonArray items) {
          JsonElement there = whole.get(key);
          JsonArray all = there instanceof JsonArray array ? array : new JsonArray();
          all.addAll(items);
          whole.add(key, all);
        }
      }
    }
  }
}
