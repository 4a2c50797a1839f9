package dev.slipway.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import dev.slipway.release.Deployment;
import dev.slipway.release.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceLikeTest {

  @Test
  void aServiceInAnotherRegionHasTheSettingsOfTheFirst() {
    Service model =
        Service.newBuilder()
            .setName("projects/p/locations/europe-west1/services/hello")
            .setEtag("etag")
            .putLabels("team", "shop")
            .setIngress(IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY)
            .setTemplate(
                RevisionTemplate.newBuilder()
                    .setRevision("hello-old")
                    .setServiceAccount("runtime@p.iam.gserviceaccount.com")
                    .addContainers(
                        Container.newBuilder()
                            .setImage("old")
                            .addEnv(EnvVar.newBuilder().setName("MODE").setValue("shop"))))
            .addTraffic(TrafficTarget.newBuilder().setRevision("hello-old").setPercent(100))
            .build();

    Service made = ServiceEdit.like(model, new Deployment(Samples.ID, "new", 7, List.of()));

    assertThat(made.getName()).isEmpty();
    assertThat(made.getEtag()).isEmpty();
    assertThat(made.getIngress()).isEqualTo(IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY);
    assertThat(made.getLabelsMap()).containsEntry("team", "shop");
    assertThat(made.getTemplate().getServiceAccount()).startsWith("runtime@");
    assertThat(made.getTemplate().getRevision()).isEqualTo(Samples.ID.revision());
    assertThat(made.getTemplate().getContainers(0).getImage()).isEqualTo("new");
    assertThat(made.getTemplate().getContainers(0).getEnv(0).getValue()).isEqualTo("shop");
    assertThat(made.getTrafficList())
        .singleElement()
        .satisfies(t -> assertThat(t.getRevision()).isEqualTo(Samples.ID.revision()));
    assertThat(ServiceReading.epoch(made)).isEqualTo(7);
  }
}
