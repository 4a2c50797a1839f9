package dev.slipway.local.registry;

import com.google.devtools.artifactregistry.v1.ArtifactRegistryGrpc;
import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.DeletePackageRequest;
import com.google.devtools.artifactregistry.v1.DeleteRepositoryRequest;
import com.google.devtools.artifactregistry.v1.DeleteTagRequest;
import com.google.devtools.artifactregistry.v1.DeleteVersionRequest;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.GetDockerImageRequest;
import com.google.devtools.artifactregistry.v1.GetPackageRequest;
import com.google.devtools.artifactregistry.v1.GetRepositoryRequest;
import com.google.devtools.artifactregistry.v1.GetTagRequest;
import com.google.devtools.artifactregistry.v1.GetVersionRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesRequest;
import com.google.devtools.artifactregistry.v1.ListDockerImagesResponse;
import com.google.devtools.artifactregistry.v1.ListPackagesRequest;
import com.google.devtools.artifactregistry.v1.ListPackagesResponse;
import com.google.devtools.artifactregistry.v1.ListRepositoriesRequest;
import com.google.devtools.artifactregistry.v1.ListRepositoriesResponse;
import com.google.devtools.artifactregistry.v1.ListTagsRequest;
import com.google.devtools.artifactregistry.v1.ListTagsResponse;
import com.google.devtools.artifactregistry.v1.ListVersionsRequest;
import com.google.devtools.artifactregistry.v1.ListVersionsResponse;
import com.google.devtools.artifactregistry.v1.OperationMetadata;
import com.google.devtools.artifactregistry.v1.Package;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.Tag;
import com.google.devtools.artifactregistry.v1.Version;
import com.google.longrunning.Operation;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.slipway.local.operations.Operations;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** {@code google.devtools.artifactregistry.v1}: repositories, images, packages, versions, tags. */
final class ArtifactRegistryApi extends ArtifactRegistryGrpc.ArtifactRegistryImplBase {

  private final Operations operations;
  private final Repositories repositories;
  private final DockerImages images;
  private final Packages packages;

  ArtifactRegistryApi(
      Operations operations, Repositories repositories, DockerImages images, Packages packages) {
    this.operations = operations;
    this.repositories = repositories;
    this.images = images;
    this.packages = packages;
  }

  @Override
  public void listRepositories(
      ListRepositoriesRequest request, StreamObserver<ListRepositoriesResponse> call) {
    Calls.answer(
        call,
        () -> {
          var page =
              Pages.page(
                  repositories.list(ResourceName.parse(request.getParent())),
                  request.getPageSize(),
                  request.getPageToken());
          return ListRepositoriesResponse.newBuilder()
              .addAllRepositories(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void getRepository(GetRepositoryRequest request, StreamObserver<Repository> call) {
    Calls.answer(call, () -> repositories.get(ResourceName.parse(request.getName())));
  }

  @Override
  public void createRepository(CreateRepositoryRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () ->
            done(
                request.getParent(),
                repositories.create(
                    request.getParent(), request.getRepositoryId(), request.getRepository())));
  }

  @Override
  public void deleteRepository(DeleteRepositoryRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () -> {
          ResourceName name = ResourceName.parse(request.getName());
          repositories.delete(name);
          return done(name.parent(), Empty.getDefaultInstance());
        });
  }

  @Override
  public void listDockerImages(
      ListDockerImagesRequest request, StreamObserver<ListDockerImagesResponse> call) {
    Calls.answer(
        call,
        () -> {
          var page =
              Pages.page(
                  images.list(ResourceName.parse(request.getParent()), request.getOrderBy()),
                  request.getPageSize(),
                  request.getPageToken());
          return ListDockerImagesResponse.newBuilder()
              .addAllDockerImages(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void getDockerImage(GetDockerImageRequest request, StreamObserver<DockerImage> call) {
    Calls.answer(call, () -> images.get(ResourceName.parse(request.getName())));
  }

  @Override
  public void listPackages(
      ListPackagesRequest request, StreamObserver<ListPackagesResponse> call) {
    Calls.answer(
        call,
        () -> {
          var page =
              Pages.page(
                  packages.list(ResourceName.parse(request.getParent())),
                  request.getPageSize(),
                  request.getPageToken());
          return ListPackagesResponse.newBuilder()
              .addAllPackages(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void getPackage(GetPackageRequest request, StreamObserver<Package> call) {
    Calls.answer(call, () -> packages.get(ResourceName.parse(request.getName())));
  }

  @Override
  public void deletePackage(DeletePackageRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () -> {
          ResourceName name = ResourceName.parse(request.getName());
          packages.delete(name);
          return done(name.parent(), Empty.getDefaultInstance());
        });
  }

  @Override
  public void listVersions(
      ListVersionsRequest request, StreamObserver<ListVersionsResponse> call) {
    Calls.answer(
        call,
        () -> {
          var page =
              Pages.page(
                  packages.versions(ResourceName.parse(request.getParent()), request.getView()),
                  request.getPageSize(),
                  request.getPageToken());
          return ListVersionsResponse.newBuilder()
              .addAllVersions(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void getVersion(GetVersionRequest request, StreamObserver<Version> call) {
    Calls.answer(call, () -> packages.version(ResourceName.parse(request.getName()), request.getView()));
  }

  @Override
  public void deleteVersion(DeleteVersionRequest request, StreamObserver<Operation> call) {
    Calls.answer(
        call,
        () -> {
          ResourceName name = ResourceName.parse(request.getName());
          packages.deleteVersion(name, request.getForce());
          return done(name.parent(), Empty.getDefaultInstance());
        });
  }

  @Override
  public void listTags(
      ListTagsRequest request, StreamObserver<ListTagsResponse> call) {
    Calls.answer(
        call,
        () -> {
          var page =
              Pages.page(
                  packages.tags(ResourceName.parse(request.getParent())),
                  request.getPageSize(),
                  request.getPageToken());
          return ListTagsResponse.newBuilder()
              .addAllTags(page.items())
              .setNextPageToken(page.next())
              .build();
        });
  }

  @Override
  public void getTag(GetTagRequest request, StreamObserver<Tag> call) {
    Calls.answer(call, () -> packages.tag(ResourceName.parse(request.getName())));
  }

  @Override
  public void deleteTag(DeleteTagRequest request, StreamObserver<Empty> call) {
    Calls.answer(
        call,
        () -> {
          packages.deleteTag(ResourceName.parse(request.getName()));
          return Empty.getDefaultInstance();
        });
  }

  /** An operation that is over by the time it is answered. */
  private Operation done(String location, Message response) {
    String name = location + "/operations/" + UUID.randomUUID();
    operations.begin(name, OperationMetadata.getDefaultInstance());
    return operations.succeed(name, response);
  }
}
