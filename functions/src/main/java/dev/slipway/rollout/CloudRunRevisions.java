package dev.slipway.rollout;

import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.DeleteRevisionRequest;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionsClient;
import dev.slipway.release.Cleanup;
import dev.slipway.release.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The revisions Cloud Run keeps. */
public final class CloudRunRevisions implements Revisions {

  private final RevisionsClient revisions;
  private final CloudRunServices.Place place;

  public CloudRunRevisions(RevisionsClient revisions, CloudRunServices.Place place) {
    this.revisions = revisions;
    this.place = place;
  }

  @Override
  public List<Cleanup.Kept> list(ServiceName service) {
    List<Cleanup.Kept> all = new ArrayList<>();
    try {
      for (Revision revision :
          revisions.listRevisions(place.service(service)).iterateAll()) {
        String name = revision.getName();
        all.add(
            new Cleanup.Kept(
                name.substring(name.lastIndexOf('/') + 1),
                Instant.ofEpochSecond(revision.getCreateTime().getSeconds()),
                revision.getContainersList().stream().map(Container::getImage).toList()));
      }
    } catch (NotFoundException e) {
      return List.of();
    }
    return all;
  }

  @Override
  public boolean delete(ServiceName service, String revision) {
    try {
      var unused =
          revisions
              .deleteRevisionCallable()
              .call(
                  DeleteRevisionRequest.newBuilder()
                      .setName(place.revision(service, revision))
                      .build());
      return true;
    } catch (NotFoundException e) {
      return true;
    } catch (FailedPreconditionException | InvalidArgumentException e) {
      return false;
    }
  }
}
