package dev.slipway;

import dev.slipway.rollout.CloudRunJobs;
import dev.slipway.rollout.CloudRunRevisions;
import dev.slipway.rollout.CloudRunServices;
import dev.slipway.rollout.Jobs;
import dev.slipway.rollout.Regional;
import dev.slipway.rollout.Revisions;
import java.util.Optional;

/** Cloud Run in each region: where releases serve. */
record RunPorts(Settings settings, GoogleClients clients) {

  /** In the environment's own region. */
  CloudRunServices services() {
    return services(settings.region(), Optional.empty());
  }

  /** A service made in another region has the settings of the one in the environment's own. */
  CloudRunServices services(Optional<String> region) {
    return services(
        region.orElse(settings.region()),
        region.filter(name -> !name.equals(settings.region())).map(name -> place()));
  }

  Regional regional() {
    return this::services;
  }

  Revisions revisions(Optional<String> region) {
    return new CloudRunRevisions(
        clients.revisions(), place(region.orElse(settings.region())));
  }

  Jobs jobs() {
    return new CloudRunJobs(clients.jobs(), clients.executions(), place());
  }

  private CloudRunServices services(String region, Optional<CloudRunServices.Place> like) {
    return new CloudRunServices(
        clients.services(), clients.revisions(), place(region), like, settings.services());
  }

  private CloudRunServices.Place place() {
    return place(settings.region());
  }

  private CloudRunServices.Place place(String region) {
    return new CloudRunServices.Place(
        settings.project(), region, settings.runtimeServiceAccount());
  }
}
