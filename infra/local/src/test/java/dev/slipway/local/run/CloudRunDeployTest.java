package dev.slipway.local.run;

import static dev.slipway.local.run.RunCloud.template;
import static dev.slipway.local.run.RunCloud.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.ListRevisionsRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionScaling;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.UpdateServiceRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploying, as Google's own client sees it. */
final class CloudRunDeployTest {

  @TempDir Path folder;
  private RunCloud cloud;
  private String image;

  @BeforeEach
  void open() throws Exception {
    cloud = new RunCloud(folder);
    image = cloud.images.pushServer("registry/app");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void aNewServiceServesAllRequestsFromItsFirstRevision() {
    Service service = cloud.create("hello", template(image));

    assertThat(service.getName()).isEqualTo("projects/laptop/locations/europe-west1/services/hello");
    assertThat(service.getReconciling()).isFalse();
    assertThat(service.getTerminalCondition().getType()).isEqualTo("Ready");
    assertThat(service.getTerminalCondition().getState())
        .isEqualTo(Condition.State.CONDITION_SUCCEEDED);
    assertThat(service.getGeneration()).isEqualTo(1).isEqualTo(service.getObservedGeneration());
    assertThat(service.getLatestReadyRevision())
        .isEqualTo(service.getLatestCreatedRevision())
        .matches(service.getName() + "/revisions/hello-00001-[a-z]{3}");
    assertThat(service.getUrlsList()).containsExactly(service.getUri());
    assertThat(service.getTrafficStatusesList()).hasSize(1);
    assertThat(service.getTemplate().getMaxInstanceRequestConcurrency()).isEqualTo(80);
    assertThat(service.getTemplate().getScaling().getMaxInstanceCount()).isEqualTo(100);
    assertThat(cloud.get(service.getUri()).body())
        .isEqualTo(ServiceName.lastPart(service.getLatestReadyRevision()));
    assertThat(cloud.services.getService(service.getName())).isEqualTo(service);
  }

  @Test
  void theProcessGetsTheImagesTheTemplatesAndCloudRunsEnvironmentAndNothingElse() {
    Service service =
        cloud.create("env", template(image, "COLOUR=blue").setRevision("env-one"));

    List<String> env = cloud.get(service.getUri() + "/env").body().lines().toList();

    assertThat(env)
        .contains("COLOUR=blue", "FROM_IMAGE=yes", "K_SERVICE=env", "K_REVISION=env-one")
        .contains("K_CONFIGURATION=env", "CLOUD_RUN_TIMEOUT_SECONDS=300");
    assertThat(env.stream().map(line -> line.substring(0, line.indexOf('='))))
        .contains("PORT")
        .isSubsetOf(
            "COLOUR",
            "FROM_IMAGE",
            "PORT",
            "K_SERVICE",
            "K_REVISION",
            "K_CONFIGURATION",
            "CLOUD_RUN_TIMEOUT_SECONDS",
            "PATH",
            "HOME");
  }

  @Test
  void aRevisionOfTheSameNameAndTemplateIsNotMadeTwice() {
    Service first = cloud.create("same", template(image).setRevision("same-a"));

    Service again =
        cloud.update(
            first.toBuilder().setTemplate(template(image).setRevision("same-a")).build(),
            "template");

    assertThat(again.getGeneration()).isEqualTo(1);
    assertThat(again.getEtag()).isNotEqualTo(first.getEtag());
    assertThat(revisions(again)).containsExactly("same-a");
  }

  @Test
  void aRevisionNameWithAnotherTemplateIsRefusedAndChangesNothing() {
    Service first = cloud.create("other", template(image).setRevision("other-a"));

    assertThatThrownBy(
            () ->
                cloud.update(
                    first.toBuilder()
                        .setTemplate(template(image, "X=1").setRevision("other-a"))
                        .build(),
                    "template"))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("different configuration already exists");
    assertThat(cloud.services.getService(first.getName())).isEqualTo(first);
  }

  @Test
  void aStaleEtagIsAborted() {
    Service first = cloud.create("etag", template(image));
    cloud.update(first.toBuilder().setDescription("newer").build(), "description");

    assertThatThrownBy(() -> cloud.update(first.toBuilder().setDescription("x").build(), "description"))
        .isInstanceOf(AbortedException.class)
        .hasMessageContaining("Conflict for resource 'etag'");
    assertThat(cloud.services.getService(first.getName()).getDescription()).isEqualTo("newer");
  }

  @Test
  void aMaskLeavesTheOtherFieldsAlone() {
    Service first = cloud.create("mask", template(image, "A=1"));

    Service second =
        cloud.update(
            Service.newBuilder()
                .setName(first.getName())
                .putLabels("team", "red")
                .setDescription("ignored")
                .build(),
            "labels");

    assertThat(second.getLabelsMap()).containsEntry("team", "red");
    assertThat(second.getDescription()).isEmpty();
    assertThat(second.getTemplate()).isEqualTo(first.getTemplate());
    assertThat(second.getGeneration()).isEqualTo(2);
    assertThat(revisions(second)).hasSize(1);
  }

  @Test
  void validateOnlyAnswersTheServiceToBeAndKeepsNothing() {
    UpdateServiceRequest dry =
        UpdateServiceRequest.newBuilder()
            .setService(
                Service.newBuilder()
                    .setName(RunCloud.PARENT + "/services/dry")
                    .setTemplate(template(image)))
            .setAllowMissing(true)
            .setValidateOnly(true)
            .build();

    Service planned = cloud.update(dry);

    assertThat(planned.getTemplate().getTimeout().getSeconds()).isEqualTo(300);
    assertThatThrownBy(() -> cloud.services.getService(planned.getName()))
        .isInstanceOf(NotFoundException.class);
    assertThat(cloud.update(dry.toBuilder().setValidateOnly(false).build()).getUri()).isNotEmpty();
  }

  @Test
  void anUpdateOfAMissingServiceIsRefused() {
    assertThatThrownBy(
            () ->
                cloud.update(
                    Service.newBuilder().setName(RunCloud.PARENT + "/services/none").build()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void namesAndLimitsAreThoseOfCloudRun() {
    assertThatThrownBy(() -> cloud.create("a".repeat(50), template(image)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("shorter than 50");
    assertThatThrownBy(() -> cloud.create("Upper", template(image)))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> cloud.create("fine", template(image).setRevision("other-a")))
        .hasMessageContaining("must begin with 'fine-'");
    assertThatThrownBy(() -> cloud.create("fine", template(image, "PORT=1")))
        .hasMessageContaining("reserved env names");
    assertThatThrownBy(
            () -> cloud.create("fine", template(image).setMaxInstanceRequestConcurrency(1001)))
        .hasMessageContaining("between 1 and 1000");
    assertThat(cloud.services.listServices(RunCloud.PARENT).iterateAll()).isEmpty();
  }

  @Test
  void aServiceIsNotCreatedTwice() {
    cloud.create("twice", template(image));

    assertThatThrownBy(() -> cloud.create("twice", template(image)))
        .isInstanceOf(AlreadyExistsException.class);
  }

  @Test
  void manyRevisionsAreListedPageByPageTheNewestFirst() {
    Service service = cloud.create("many", template(image).setRevision("many-0"));
    for (int i = 1; i < 7; i++) {
      service =
          cloud.update(
              service.toBuilder()
                  .setTemplate(template(image).setRevision("many-" + i))
                  .build(),
              "template");
    }
    ListRevisionsRequest three =
        ListRevisionsRequest.newBuilder().setParent(service.getName()).setPageSize(3).build();

    var pages = cloud.revisions.listRevisions(three).iteratePages();

    assertThat(pages)
        .extracting(page -> StreamSupport.stream(page.getValues().spliterator(), false).count())
        .containsExactly(3L, 3L, 1L);
    assertThat(revisions(service))
        .containsExactly("many-6", "many-5", "many-4", "many-3", "many-2", "many-1", "many-0");
  }

  @Test
  void aRevisionThatServesOrIsLatestIsNotDeletedAndAnyOtherIs() {
    Service service = cloud.create("del", template(image).setRevision("del-a"));
    for (String next : List.of("del-b", "del-c")) {
      service =
          cloud.update(
              service.toBuilder().setTemplate(template(image).setRevision(next)).build(),
              "template");
    }
    service = cloud.traffic(service, to("del-a", 100, ""), to("del-b", 0, "b"));
    String prefix = service.getName() + "/revisions/";

    for (String used : List.of("del-a", "del-b", "del-c")) {
      assertThatThrownBy(
              () -> RunCloud.done(() -> cloud.revisions.deleteRevisionAsync(prefix + used).get()))
          .isInstanceOf(FailedPreconditionException.class)
          .hasMessageContaining(used);
    }
    Service last = cloud.traffic(service, to("del-a", 100, ""));
    Revision deleted =
        RunCloud.done(() -> cloud.revisions.deleteRevisionAsync(prefix + "del-b").get());
    assertThat(deleted.hasDeleteTime()).isTrue();
    assertThat(revisions(last)).containsExactly("del-c", "del-a");
  }

  @Test
  void aDeletedServiceIsGoneWithItsRevisionsAndItsUrl() {
    Service service = cloud.create("gone", template(image));

    Service deleted =
        RunCloud.done(() -> cloud.services.deleteServiceAsync(service.getName()).get());

    assertThat(deleted.hasDeleteTime()).isTrue();
    assertThatThrownBy(() -> cloud.services.getService(service.getName()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> cloud.revisions.getRevision(service.getLatestReadyRevision()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> cloud.get(service.getUri())).hasMessageContaining("ConnectException");
  }

  @Test
  void servicesAndRevisionsComeBackAfterARestartAtTheSameUrls() throws Exception {
    Service first = cloud.create("back", template(image).setRevision("back-a"));
    Service second =
        cloud.update(
            first.toBuilder()
                .setTemplate(
                    template(image)
                        .setRevision("back-b")
                        .setScaling(RevisionScaling.newBuilder().setMinInstanceCount(1)))
                .addTraffic(to("back-b", 0, "next"))
                .setTraffic(0, to("back-a", 100, ""))
                .build(),
            "template",
            "traffic");
    cloud.close();

    cloud = new RunCloud(folder);

    assertThat(cloud.services.getService(second.getName())).isEqualTo(second);
    assertThat(cloud.get(second.getUri()).body()).isEqualTo("back-a");
    assertThat(cloud.get(second.getTrafficStatuses(1).getUri()).body()).isEqualTo("back-b");
    assertThat(revisions(second)).containsExactly("back-b", "back-a");
  }

  @Test
  void aTagIsResolvedOnceToADigest() {
    Service service = cloud.create("tagged", template("registry/app:latest"));

    Revision revision = cloud.revisions.getRevision(service.getLatestReadyRevision());

    assertThat(revision.getContainers(0).getImage()).isEqualTo(image);
    assertThat(service.getTemplate().getContainers(0).getImage()).isEqualTo("registry/app:latest");
  }

  @Test
  void theOperationIsNamedByItsLocationAndCarriesTheServiceAsMetadata() throws Exception {
    var future =
        cloud.services.createServiceAsync(
            CreateServiceRequest.newBuilder()
                .setParent(RunCloud.PARENT.toString())
                .setServiceId("meta")
                .setService(Service.newBuilder().setTemplate(template(image)))
                .build());

    assertThat(future.getName()).startsWith(RunCloud.PARENT + "/operations/");
    assertThat(future.getMetadata().get().getReconciling()).isTrue();
    assertThat(future.get().getReconciling()).isFalse();
  }

  private List<String> revisions(Service service) {
    return StreamSupport.stream(
            cloud.revisions.listRevisions(service.getName()).iterateAll().spliterator(), false)
        .map(revision -> ServiceName.lastPart(revision.getName()))
        .toList();
  }
}
