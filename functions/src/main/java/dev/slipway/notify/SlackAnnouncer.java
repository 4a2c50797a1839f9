package dev.slipway.notify;

import com.google.gson.JsonObject;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.methods.request.conversations.ConversationsHistoryRequest;
import com.slack.api.methods.request.conversations.ConversationsRepliesRequest;
import com.slack.api.methods.request.views.ViewsOpenRequest;
import com.slack.api.model.Message.Metadata;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slack through a bot token with {@code chat:write} and, to find an orphaned message again, {@code
 * channels:history} ({@code groups:history} for private channels).
 */
public final class SlackAnnouncer implements Announcer, Dialogs {

  private static final Logger LOG = System.getLogger(SlackAnnouncer.class.getName());

  private static final String METADATA_TYPE = "slipway_release";
  private static final String RELEASE = "release";
  private static final String KEY = "key";

  /** How far back an orphaned message is looked for: it was posted minutes ago. */
  private static final int HISTORY = 100;

  private static final int TOO_MANY = 429;

  /** Where Slack does not say how long. */
  private static final Duration A_WHILE = Duration.ofSeconds(30);

  /** A person deleted the message, or the workspace forbids edits: it stays as it is. */
  private static final Set<String> BEYOND_EDITING =
      Set.of(
          "message_not_found",
          "cant_update_message",
          "edit_window_closed",
          "thread_not_found",
          "cannot_reply_to_message");

  private static final Set<String> BAD_BLOCKS = Set.of("invalid_blocks", "invalid_blocks_format");

  private final MethodsClient slack;

  public SlackAnnouncer(MethodsClient slack) {
    this.slack = slack;
  }

  @Override
  public String post(Address to, Card card) {
    return post(to, card, true);
  }

  /** Blocks that Slack finds fault with are left out: better a plain message than none. */
  private String post(Address to, Card card, boolean withBlocks) {
    var request =
        ChatPostMessageRequest.builder()
            .channel(to.channel())
            .threadTs(to.thread().orElse(null))
            .text(card.text())
            .blocksAsString(withBlocks ? card.blocks().toString() : null)
            .metadata(
                Metadata.builder()
                    .eventType(METADATA_TYPE)
                    .eventPayload(Map.of(RELEASE, to.release().toString(), KEY, to.key()))
                    .build())
            .unfurlLinks(false)
            .unfurlMedia(false)
            .build();
    String what = "post the %s of %s".formatted(to.key(), to.release());
    var answer = sent(what, () -> slack.chatPostMessage(request));
    if (withBlocks && refusedFor(BAD_BLOCKS, answer)) {
      warn(what, answer);
      return post(to, card, false);
    }
    if (to.thread().isPresent() && refusedFor(BEYOND_EDITING, answer)) {
      warn(what, answer);
      return "";
    }
    return checked(what, answer).getTs();
  }

  @Override
  public void edit(Address to, String message, Card card) {
    edit(to, message, card, true);
  }

  private void edit(Address to, String message, Card card, boolean withBlocks) {
    var request =
        ChatUpdateRequest.builder()
            .channel(to.channel())
            .ts(message)
            .text(card.text())
            .blocksAsString(withBlocks ? card.blocks().toString() : "[]")
            .build();
    String what = "edit the message about " + to.release();
    var answer = sent(what, () -> slack.chatUpdate(request));
    if (withBlocks && refusedFor(BAD_BLOCKS, answer)) {
      warn(what, answer);
      edit(to, message, card, false);
    } else if (refusedFor(BEYOND_EDITING, answer)) {
      warn(what, answer);
    } else {
      var unused = checked(what, answer);
    }
  }

  @Override
  public Optional<String> find(Address at) {
    return (at.thread().isPresent() ? replies(at, at.thread().get()) : history(at))
        .stream()
            .filter(message -> isAt(at, message.getMetadata()))
            .map(com.slack.api.model.Message::getTs)
            .findFirst();
  }

  private List<com.slack.api.model.Message> history(Address at) {
    var request =
        ConversationsHistoryRequest.builder()
            .channel(at.channel())
            .limit(HISTORY)
            .includeAllMetadata(true)
            .build();
    String what = "read the channel's history";
    return checked(what, sent(what, () -> slack.conversationsHistory(request))).getMessages();
  }

  private List<com.slack.api.model.Message> replies(Address at, String thread) {
    var request =
        ConversationsRepliesRequest.builder()
            .channel(at.channel())
            .ts(thread)
            .limit(HISTORY)
            .includeAllMetadata(true)
            .build();
    String what = "read the thread about " + at.release();
    var answer = sent(what, () -> slack.conversationsReplies(request));
    return refusedFor(BEYOND_EDITING, answer)
        ? List.of()
        : checked(what, answer).getMessages();
  }

  private static boolean isAt(Address at, Metadata metadata) {
    return metadata != null
        && METADATA_TYPE.equals(metadata.getEventType())
        && at.release().toString().equals(metadata.getEventPayload().get(RELEASE))
        && at.key().equals(metadata.getEventPayload().getOrDefault(KEY, "message"));
  }

  @Override
  public void open(String trigger, JsonObject view) {
    var request =
        ViewsOpenRequest.builder().triggerId(trigger).viewAsString(view.toString()).build();
    String what = "open a dialog";
    var unused = checked(what, sent(what, () -> slack.viewsOpen(request)));
  }

  private interface Call<T> {
    T send() throws IOException, SlackApiException;
  }

  /**
   * Sends a request. Neither the token nor the request is part of any message, and the client's
   * exceptions, which hold both, are not passed on.
   */
  private static <T extends SlackApiTextResponse> T sent(String what, Call<T> call) {
    try {
      return call.send();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Tried to %s in Slack but failed: %s".formatted(what, e.getClass().getSimpleName()));
    } catch (SlackApiException e) {
      int status = e.getResponse().code();
      String message = "Tried to %s in Slack but it answered %d".formatted(what, status);
      if (status == TOO_MANY) {
        throw new RateLimitedException(message, retryAfter(e.getResponse().header("Retry-After")));
      }
      throw new IllegalStateException(message);
    }
  }

  static Duration retryAfter(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Math.max(1, Long.parseLong(header)))
        : A_WHILE;
  }

  /** An answer is an answer: what it refuses was not done. */
  private static <T extends SlackApiTextResponse> T checked(String what, T answer) {
    if (!answer.isOk()) {
      throw new NotSaidException(
          "Tried to %s in Slack but it answered '%s'".formatted(what, answer.getError()));
    }
    return answer;
  }

  private static boolean refusedFor(Set<String> errors, SlackApiTextResponse answer) {
    return !answer.isOk() && answer.getError() != null && errors.contains(answer.getError());
  }

  private static void warn(String what, SlackApiTextResponse answer) {
    LOG.log(Level.WARNING, "Tried to {0} in Slack but it answered {1}", what, answer.getError());
  }
}
