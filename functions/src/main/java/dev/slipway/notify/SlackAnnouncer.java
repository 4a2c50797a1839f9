package dev.slipway.notify;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.methods.request.conversations.ConversationsHistoryRequest;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.model.Message.Metadata;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Slack channel, through a bot token with {@code chat:write} and, to find an orphaned message
 * again, {@code channels:history}.
 */
public final class SlackAnnouncer implements Announcer {

  private static final String METADATA_TYPE = "slipway_release";
  private static final String METADATA_KEY = "release";

  /** How far back an orphaned message is looked for: it was posted minutes ago. */
  private static final int HISTORY = 100;

  private final MethodsClient slack;
  private final String channel;

  public SlackAnnouncer(MethodsClient slack, String channel) {
    this.slack = slack;
    this.channel = channel;
  }

  @Override
  public String post(Release release) {
    Message message = Message.of(release);
    var request =
        ChatPostMessageRequest.builder()
            .channel(channel)
            .text(message.text())
            .blocks(blocks(message))
            .metadata(
                Metadata.builder()
                    .eventType(METADATA_TYPE)
                    .eventPayload(Map.of(METADATA_KEY, release.id().toString()))
                    .build())
            .unfurlLinks(false)
            .unfurlMedia(false)
            .build();
    return ask("post a message about " + release.id(), () -> slack.chatPostMessage(request))
        .getTs();
  }

  @Override
  public void edit(String message, Release release) {
    Message text = Message.of(release);
    var request =
        ChatUpdateRequest.builder()
            .channel(channel)
            .ts(message)
            .text(text.text())
            .blocks(blocks(text))
            .build();
    var unused =
        ask("edit the message about " + release.id(), () -> slack.chatUpdate(request));
  }

  @Override
  public Optional<String> find(ReleaseId release) {
    var request =
        ConversationsHistoryRequest.builder()
            .channel(channel)
            .limit(HISTORY)
            .includeAllMetadata(true)
            .build();
    ConversationsHistoryResponse history =
        ask("read the channel's history", () -> slack.conversationsHistory(request));
    return history.getMessages().stream()
        .filter(message -> isAbout(release, message.getMetadata()))
        .map(com.slack.api.model.Message::getTs)
        .findFirst();
  }

  private static boolean isAbout(ReleaseId release, Metadata metadata) {
    return metadata != null
        && METADATA_TYPE.equals(metadata.getEventType())
        && release.toString().equals(metadata.getEventPayload().get(METADATA_KEY));
  }

  private static List<LayoutBlock> blocks(Message message) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(section(message.text()));
    if (!message.detail().isEmpty()) {
      blocks.add(section(message.detail()));
    }
    return blocks;
  }

  private static LayoutBlock section(String text) {
    return SectionBlock.builder().text(MarkdownTextObject.builder().text(text).build()).build();
  }

  private interface Call<T> {
    T send() throws IOException, SlackApiException;
  }

  /** The token is part of no message of these. */
  private static <T extends SlackApiTextResponse> T ask(String what, Call<T> call) {
    T answer;
    try {
      answer = call.send();
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to " + what + " in Slack but failed", e);
    } catch (SlackApiException e) {
      throw new IllegalStateException(
          "Tried to %s in Slack but it answered %d".formatted(what, e.getResponse().code()), e);
    }
    if (!answer.isOk()) {
      throw new IllegalStateException(
          "Tried to %s in Slack but it answered '%s'".formatted(what, answer.getError()));
    }
    return answer;
  }
}
