package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which revision a service's template stands for, and makes new ones. */
final class NewRevisions {

  private static final int MOST = 1000;

  private final Catalog catalog;
  private final Ids ids;
  private final Conditions conditions;

  NewRevisions(Catalog catalog, Ids ids, Conditions conditions) {
    this.catalog = catalog;
    this.ids = ids;
    this.conditions = conditions;
  }

  /**
   * The short name of the revision {@code desired} asks for; empty when its template is the one the
   * service has already.
   *
   * @param generation the service's generation to be
   * @throws io.grpc.StatusRuntimeException ALREADY_EXISTS when a revision of the template's name
   *     was made from another template
   */
  Optional<String> name(
      ServiceName service, Service desired, @Nullable Service current, long generation) {
    RevisionTemplate template = desired.getTemplate();
    if (current != null && template.equals(current.getTemplate())) {
      return Optional.empty();
    }
    String wanted = template.getRevision();
    if (wanted.isEmpty()) {
      return Optional.of(ids.revision(service, generation));
    }
    String name = service.revision(wanted);
    if (catalog.revision(name).isPresent() && !catalog.template(name).equals(template)) {
      throw Status.ALREADY_EXISTS
          .withDescription(
              "Revision named '%s' with different configuration already exists.".formatted(wanted))
          .asRuntimeException();
    }
    return Optional.of(wanted);
  }

  /** Makes the revision, unless it is there already. */
  void make(ServiceName service, String id, Service desired) {
    String name = service.revision(id);
    if (catalog.revision(name).isPresent()) {
      return;
    }
    if (catalog.revisions(service).size() >= MOST) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription(
              "Service '%s' has %d revisions, the most there can be. Delete some."
                  .formatted(service.service(), MOST))
          .asRuntimeException();
    }
    RevisionTemplate template = desired.getTemplate();
    Revision.Builder revision =
        Revision.newBuilder()
            .setName(name)
            .setUid(ids.uuid().toString())
            .setGeneration(1)
            .putAllLabels(template.getLabelsMap())
            .putAllAnnotations(template.getAnnotationsMap())
            .setCreateTime(conditions.now())
            .setUpdateTime(conditions.now())
            .setLaunchStage(desired.getLaunchStage())
            .setService(service.service())
            .setScaling(template.getScaling())
            .setMaxInstanceRequestConcurrency(template.getMaxInstanceRequestConcurrency())
            .setTimeout(template.getTimeout())
            .setServiceAccount(template.getServiceAccount())
            .addAllContainers(template.getContainersList())
            .addAllVolumes(template.getVolumesList())
            .setExecutionEnvironment(template.getExecutionEnvironment())
            .setSessionAffinity(template.getSessionAffinity())
            .setCreator(desired.getLastModifier())
            .setReconciling(true)
            .addAllConditions(conditions.revisionPending())
            .setEtag(ids.etag());
    if (template.hasVpcAccess()) {
      revision.setVpcAccess(template.getVpcAccess());
    }
    catalog.save(revision.build(), template);
  }
}
