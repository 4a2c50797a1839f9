package dev.slipway.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Letters as Google's Pub/Sub forwards them, and as the laptop cloud does. */
final class LetterTest {

  private static final String ROLLBACK =
      "{\"kind\":\"ROLLBACK\",\"release\":\"hello-36a571702857\",\"actor\":\"ana\",\"reason\":\"\"}";

  private static Letter letter(String data, Map<String, String> attributes) {
    return Letter.of(
        ReceivedMessage.newBuilder()
            .setAckId("ack")
            .setMessage(
                PubsubMessage.newBuilder()
                    .setMessageId("7")
                    .setPublishTime(Timestamp.newBuilder().setSeconds(1))
                    .setData(ByteString.copyFromUtf8(data))
                    .putAllAttributes(attributes))
            .build());
  }

  private static Letter google(String data, String subscription) {
    return letter(
        data,
        Map.of(
            "CloudPubSubDeadLetterSourceSubscription", subscription,
            "CloudPubSubDeadLetterSourceSubscriptionProject", "acme",
            "CloudPubSubDeadLetterSourceDeliveryCount", "100",
            "CloudPubSubDeadLetterSourceTopicPublishTime", "2026-01-01T00:00:00.000+00:00",
            "status", "SUCCESS"));
  }

  @ParameterizedTest
  @CsvSource({
    "eventarc-europe-west1-slipway-deploy-commands-sub-402, commands",
    "eventarc-europe-west1-slipway-deploy-ticks-sub-77, ticks",
    "eventarc-europe-west1-slipway-ingest-ticks-sub-78, ticks",
    "eventarc-europe-west1-slipway-deploy-614932-sub-402, cloud-builds",
    "eventarc-europe-west1-slipway-notify-614933-sub-403, release-events",
    "eventarc-europe-west1-slipway-ingest-614934-sub-404,",
    "somebody-elses,",
  })
  void theSubscriptionThatGaveItUpSaysWhereItCameFrom(String subscription, String topic) {
    assertThat(google(ROLLBACK, subscription).topic()).isEqualTo(Optional.ofNullable(topic));
  }

  @Test
  void whatGoogleForwardsIsSentAgainAsItWasPublished() {
    Letter letter = google(ROLLBACK, "eventarc-europe-west1-slipway-deploy-commands-sub-1");

    assertThat(letter.content().getData().toStringUtf8()).isEqualTo(ROLLBACK);
    assertThat(letter.content().getAttributesMap()).isEqualTo(Map.of("status", "SUCCESS"));
    assertThat(letter.why()).isEqualTo("delivered 100 times");
  }

  @Test
  void whatTheLaptopKeepsIsSentAgainAsItWasPublished() {
    Letter letter =
        letter(
            "{\"message\":{\"data\":\"e30=\",\"attributes\":{\"buildId\":\"b\",\"status\":\"SUCCESS\"}},\"subscription\":\"s\"}",
            Map.of(
                "trigger", "builds",
                "eventId", "1",
                "eventType", "google.cloud.pubsub.topic.v1.messagePublished",
                "eventSource", "//pubsub.googleapis.com/projects/laptop/topics/cloud-builds",
                "reason", "it answered HTTP 500"));

    assertThat(letter.topic()).contains("cloud-builds");
    assertThat(letter.content().getData().toStringUtf8()).isEqualTo("{}");
    assertThat(letter.what()).isEqualTo("build b SUCCESS");
    assertThat(letter.why()).isEqualTo("it answered HTTP 500");
  }

  @Test
  void anUploadIsNamedAndComesFromNoTopic() {
    Letter letter =
        letter(
            "{\"bucket\":\"uploads\",\"name\":\"hello.crate\",\"generation\":\"5\"}",
            Map.of("trigger", "uploads", "eventSource", "//storage.googleapis.com/projects/_/buckets/uploads"));

    assertThat(letter.topic()).isEmpty();
    assertThat(letter.what()).isEqualTo("upload uploads/hello.crate#5");
  }

  @Test
  void aCommandSaysWhatItAskedFor() {
    assertThat(google(ROLLBACK, "x").what()).isEqualTo("ROLLBACK hello-36a571702857 by ana");
  }

  @ParameterizedTest
  @CsvSource({"not json", "'[1]'", "'{\"message\":7}'", "''"})
  void whatIsNoJsonIsShownAsItIs(String data) {
    assertThat(letter(data, Map.of()).what()).isEqualTo(data);
  }
}
