package dev.slipway.rollout;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionName;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.protobuf.FieldMask;
import dev.slipway.release.Deployment;
import dev.slipway.release.Plan;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceState;
import dev.slipway.release.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cloud Run in one region of one project.
 *
 * <p>Every change is a read, modify and write with the etag of the reading the decision rests on;
 * only the image, the revision's name, the traffic, the fencing epoch and what the team settles of a
 * service are touched.
 */
public final class CloudRunServices implements Services, Rehearsal {

  private static final List<String> DEPLOYED = List.of("template", "traffic", "annotations");

  private final ServicesClient services;
  private final RevisionsClient revisions;
  private final Place place;
  private final Optional<Place> model;
  private final Map<String, ServiceSettings> settings;

  /**
   * Where services are made.
   *
   * @param serviceAccount the account revisions run as; empty for the project's default
   */
  public record Place(String project, String region, Optional<String> serviceAccount) {

    String parent() {
      return "projects/%s/locations/%s".formatted(project, region);
    }

    String service(ServiceName name) {
      return parent() + "/services/" + name;
    }

    String revision(ServiceName service, String revision) {
      return RevisionName.format(project, region, service.value(), revision);
    }
  }

  public CloudRunServices(ServicesClient services, RevisionsClient revisions, Place place) {
    this(services, revisions, place, Optional.empty(), Map.of());
  }

  /**
   * Services of one region.
   *
   * @param model where a service is that one made here is made like; empty for none
   * @param settings what each release of a service brings along, by the service's name
   */
  public CloudRunServices(
      ServicesClient services,
      RevisionsClient revisions,
      Place place,
      Optional<Place> model,
      Map<String, ServiceSettings> settings) {
    this.services = services;
    this.revisions = revisions;
    this.place = place;
    this.model = model;
    this.settings = Map.copyOf(settings);
  }

  @Override
  public Optional<ServiceState> read(ServiceName service, String revision) {
    return find(place, service).map(found -> ServiceReading.of(found, candidate(service, revision)));
  }

  private Optional<Service> find(Place where, ServiceName name) {
    try {
      return Optional.of(services.getService(where.service(name)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<Revision> candidate(ServiceName service, String revision) {
    try {
      return Optional.of(revisions.getRevision(place.revision(service, revision)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void deploy(Optional<ServiceState> basis, Deployment deployment) {
    ServiceName name = deployment.release().service();
    if (basis.isEmpty()) {
      create(name, creation(name, deployment));
      return;
    }
    Service current = current(name, basis.get());
    update(settled(name, ServiceEdit.deploy(current, deployment)), DEPLOYED);
  }

  @Override
  public Plan.Check rehearse(Optional<ServiceState> basis, Deployment deployment) {
    ServiceName name = deployment.release().service();
    try {
      if (basis.isEmpty()) {
        var unused = services.createServiceCallable().call(checkOnly(creation(name, deployment)));
      } else {
        Service edited = settled(name, ServiceEdit.deploy(current(name, basis.get()), deployment));
        var unused = services.updateServiceCallable().call(checkOnly(change(edited, DEPLOYED)));
      }
      return Plan.Check.PASSED;
    } catch (PermissionDeniedException e) {
      return Plan.Check.unasked("whoever plans may not change services");
    } catch (InvalidArgumentException
        | FailedPreconditionException
        | AlreadyExistsException
        | StaleServiceException e) {
      return Plan.Check.objected(String.valueOf(e.getMessage()));
    }
  }

  private static CreateServiceRequest checkOnly(CreateServiceRequest request) {
    return request.toBuilder().setValidateOnly(true).build();
  }

  private static UpdateServiceRequest checkOnly(UpdateServiceRequest request) {
    return request.toBuilder().setValidateOnly(true).build();
  }

  private CreateServiceRequest creation(ServiceName name, Deployment deployment) {
    return CreateServiceRequest.newBuilder()
        .setParent(place.parent())
        .setServiceId(name.value())
        .setService(
            settled(
                name,
                model
                    .flatMap(where -> find(where, name))
                    .map(like -> ServiceEdit.like(like, deployment))
                    .orElseGet(() -> ServiceEdit.first(deployment, place.serviceAccount()))))
        .build();
  }

  private Service settled(ServiceName name, Service service) {
    ServiceSettings own = settings.get(name.value());
    return own == null ? service : SettingsEdit.applied(own, service);
  }

  private static UpdateServiceRequest change(Service service, List<String> fields) {
    return UpdateServiceRequest.newBuilder()
        .setService(service)
        .setUpdateMask(FieldMask.newBuilder().addAllPaths(fields))
        .build();
  }

  @Override
  public void shift(ServiceState basis, Traffic traffic) {
    Service current = current(new ServiceName(basis.name()), basis);
    update(ServiceEdit.shift(current, traffic), List.of("traffic", "annotations"));
  }

  /** The service to modify: it must still be the one the decision rests on. */
  private Service current(ServiceName name, ServiceState basis) {
    Service current =
        find(place, name)
            .orElseThrow(
                () -> new StaleServiceException("service " + name + " was deleted"));
    if (!current.getEtag().equals(basis.etag())) {
      throw new StaleServiceException("service " + name + " has changed");
    }
    return current;
  }

  private void create(ServiceName name, CreateServiceRequest request) {
    try {
      var unused = services.createServiceCallable().call(request);
    } catch (AlreadyExistsException e) {
      throw new StaleServiceException("service " + name + " was made meanwhile", e);
    }
  }

  private void update(Service service, List<String> fields) {
    try {
      var unused = services.updateServiceCallable().call(change(service, fields));
    } catch (AbortedException | FailedPreconditionException e) {
      throw new StaleServiceException(
          "service " + service.getName() + " has changed: " + e.getMessage(), e);
    }
  }
}
