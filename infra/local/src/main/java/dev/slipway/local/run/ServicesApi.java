package dev.slipway.local.run;

import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.DeleteServiceRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.ListServicesResponse;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.cloud.run.v2.UpdateServiceRequest;
import com.google.longrunning.Operation;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;

/** {@code google.cloud.run.v2.Services}. */
final class ServicesApi extends ServicesGrpc.ServicesImplBase {

  private final Catalog catalog;
  private final Deployments deployments;
  private final Removals removals;

  ServicesApi(Catalog catalog, Deployments deployments, Removals removals) {
    this.catalog = catalog;
    this.deployments = deployments;
    this.removals = removals;
  }

  @Override
  public void createService(CreateServiceRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> deployments.create(request));
  }

  @Override
  public void getService(GetServiceRequest request, StreamObserver<Service> call) {
    Calls.answer(call, () -> catalog.requireService(ServiceName.parse(request.getName())));
  }

  @Override
  public void listServices(
      ListServicesRequest request, StreamObserver<ListServicesResponse> call) {
    Calls.answer(
        call,
        () -> {
          String parent = ServiceName.of(request.getParent(), "any").parent();
          Page<Service> page =
              Page.of(
                  catalog.services(parent),
                  Service::getName,
                  request.getPageSize(),
                  request.getPageToken());
          return ListServicesResponse.newBuilder()
              .addAllServices(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void updateService(UpdateServiceRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> deployments.update(request));
  }

  @Override
  public void deleteService(DeleteServiceRequest request, StreamObserver<Operation> call) {
    Calls.answer(call, () -> removals.delete(request));
  }
}
