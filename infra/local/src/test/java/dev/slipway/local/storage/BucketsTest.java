package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.Identity;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import com.google.cloud.storage.Notification;
import com.google.cloud.storage.NotificationInfo;
import com.google.cloud.storage.NotificationInfo.EventType;
import com.google.cloud.storage.NotificationInfo.PayloadFormat;
import com.google.cloud.storage.Storage.BucketListOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageRoles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BucketsTest {

  @TempDir Path folder;
  private LocalStorage local;
  private com.google.cloud.storage.Storage client;

  @BeforeEach
  void start() {
    local = LocalStorage.in(folder);
    client = local.client();
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @Test
  void aBucketIsWhatWasAskedForWithGooglesDefaults() {
    Bucket made =
        client.create(
            BucketInfo.newBuilder("team-a").setLocation("eu").setLabels(Map.of("team", "a")).build());

    Bucket read = client.get("team-a");
    assertThat(read).isEqualTo(made);
    assertThat(read.getLocation()).isEqualTo("EU");
    assertThat(read.getLocationType()).isEqualTo("multi-region");
    assertThat(read.getStorageClass().name()).isEqualTo("STANDARD");
    assertThat(read.getLabels()).containsEntry("team", "a");
    assertThat(read.getMetageneration()).isEqualTo(1);
    assertThat(read.getCreateTimeOffsetDateTime()).isNotNull();
  }

  @Test
  void aSecondBucketOfTheSameNameIsAConflict() {
    client.create(BucketInfo.of("team-a"));

    assertThatThrownBy(() -> client.create(BucketInfo.of("team-a")))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(409);
              assertThat(e.getReason()).isEqualTo("conflict");
              assertThat(e).hasMessageContaining("you already own it");
            });
  }

  @Test
  void aNameGoogleWouldNotTakeIsRefused() {
    assertThatThrownBy(() -> client.create(BucketInfo.of("No Good")))
        .isInstanceOf(StorageException.class)
        .hasMessage("Invalid bucket name: 'No Good'");
  }

  @Test
  void bucketsAreListedInPagesByPrefix() {
    List.of("a-1", "b-1", "b-2", "b-3", "c-1").forEach(n -> client.create(BucketInfo.of("x" + n)));

    var listed = client.list(BucketListOption.prefix("xb-"), BucketListOption.pageSize(2));

    assertThat(listed.getValues()).extracting(BucketInfo::getName).containsExactly("xb-1", "xb-2");
    assertThat(listed.iterateAll())
        .extracting(BucketInfo::getName)
        .containsExactly("xb-1", "xb-2", "xb-3");
  }

  @Test
  void aPatchChangesWhatItNamesAndLeavesTheRest() {
    LifecycleRule rule =
        new LifecycleRule(
            LifecycleAction.newDeleteAction(), LifecycleCondition.newBuilder().setAge(30).build());
    Bucket made =
        client.create(
            BucketInfo.newBuilder("team-a").setLabels(Map.of("keep", "1", "drop", "2")).build());
    Map<String, String> labels = new HashMap<>();
    labels.put("new", "3");
    labels.put("drop", null);

    made.toBuilder()
        .setVersioningEnabled(true)
        .setLifecycleRules(List.of(rule))
        .setLabels(labels)
        .build()
        .update();

    Bucket read = client.get("team-a");
    assertThat(read.versioningEnabled()).isTrue();
    assertThat(read.getLifecycleRules()).hasSize(1);
    assertThat(read.getLabels()).isEqualTo(Map.of("keep", "1", "new", "3"));
    assertThat(read.getMetageneration()).isEqualTo(2);
    assertThat(read.getLocation()).isEqualTo("EUROPE-WEST1");
  }

  @Test
  void onlyAnEmptyBucketIsDeleted() {
    client.create(BucketInfo.of("team-a"));
    client.create(BlobInfo.newBuilder("team-a", "a.crate").build(), "a".getBytes(UTF_8));

    assertThatThrownBy(() -> client.delete("team-a"))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(409))
        .hasMessageContaining("not empty");

    client.delete("team-a", "a.crate");
    assertThat(client.delete("team-a")).isTrue();
    assertThat(client.get("team-a")).isNull();
    assertThat(client.delete("team-a")).isFalse();
  }

  @Test
  void notificationsAreKeptUntilDeleted() {
    client.create(BucketInfo.of("team-a"));
    NotificationInfo wanted =
        NotificationInfo.newBuilder("projects/laptop/topics/uploads")
            .setEventTypes(EventType.OBJECT_FINALIZE)
            .setObjectNamePrefix("in/")
            .setPayloadFormat(PayloadFormat.JSON_API_V1)
            .build();

    Notification first = client.createNotification("team-a", wanted);
    Notification second = client.createNotification("team-a", wanted);

    assertThat(client.listNotifications("team-a"))
        .extracting(Notification::getNotificationId)
        .containsExactly(first.getNotificationId(), second.getNotificationId());
    Notification read = client.getNotification("team-a", first.getNotificationId());
    assertThat(read.getObjectNamePrefix()).isEqualTo("in/");
    assertThat(read.getEventTypes()).containsExactly(EventType.OBJECT_FINALIZE);
    assertThat(client.deleteNotification("team-a", first.getNotificationId())).isTrue();
    assertThat(client.getNotification("team-a", first.getNotificationId())).isNull();
    assertThat(client.listNotifications("team-a")).hasSize(1);
  }

  @Test
  void anIamPolicyIsKeptAsItWasSet() {
    client.create(BucketInfo.of("team-a"));
    var policy =
        client.getIamPolicy("team-a").toBuilder()
            .addIdentity(StorageRoles.objectViewer(), Identity.user("ferris@example.com"))
            .build();

    client.setIamPolicy("team-a", policy);

    assertThat(client.getIamPolicy("team-a").getBindings())
        .containsEntry(
            StorageRoles.objectViewer(), Set.of(Identity.user("ferris@example.com")));
    assertThat(client.testIamPermissions("team-a", List.of("storage.objects.get", "x.y")))
        .containsExactly(true, true);
  }

  @Test
  void aMethodThatIsNotThereSaysSo() {
    var answer = local.send(local.request("/storage/v1/b/team-a/relocate"));

    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(answer.body())
        .contains("\"code\":501")
        .contains("does not offer: GET b/team-a/relocate");
  }
}
