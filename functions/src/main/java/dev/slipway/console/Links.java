package dev.slipway.console;

import dev.slipway.console.ask.Whole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a release can be looked at besides.
 *
 * @param google the project and region it runs in; empty on a laptop
 */
public record Links(Optional<Google> google) {

  private static final String BASE = "https://console.cloud.google.com";

  /** A place on Google Cloud. */
  public record Google(String project, String region) {}

  /** Addresses by name. */
  Map<String, String> of(Whole whole) {
    Map<String, String> links = new LinkedHashMap<>();
    google.ifPresent(
        g -> {
          whole
              .buildId()
              .ifPresent(
                  id ->
                      links.put(
                          "The build in Cloud Build",
                          "%s/cloud-build/builds;region=%s/%s?project=%s"
                              .formatted(BASE, g.region(), id, g.project())));
          links.put(
              "The service in Cloud Run",
              "%s/run/detail/%s/%s?project=%s"
                  .formatted(BASE, g.region(), whole.release().id().service(), g.project()));
        });
    return links;
  }
}
