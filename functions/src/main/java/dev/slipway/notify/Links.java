package dev.slipway.notify;

import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where more is to be read.
 *
 * @param console base URL of Slipway's page, without a slash at its end
 * @param google where builds and services are looked at; empty on a laptop
 */
public record Links(Optional<String> console, Optional<Google> google) {

  public static final Links NONE = new Links(Optional.empty(), Optional.empty());

  /** Google Cloud's own console. */
  public record Google(String project, String region) {

    private static final String BASE = "https://console.cloud.google.com";

    String build(String id) {
      return "%s/cloud-build/builds;region=%s/%s?project=%s"
          .formatted(BASE, region, encoded(id), project);
    }

    String service(String name) {
      return "%s/run/detail/%s/%s?project=%s".formatted(BASE, region, encoded(name), project);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /** The links of a release, in mrkdwn. */
  List<String> of(Story story) {
    Release release = story.release();
    List<String> links = new ArrayList<>();
    console.ifPresent(
        base -> links.add(Blocks.link(base + "/releases/" + release.id(), "this release")));
    google.ifPresent(
        g -> {
          buildOf(story).ifPresent(id -> links.add(Blocks.link(g.build(id), "build log")));
          links.add(Blocks.link(g.service(release.id().service().value()), "service"));
        });
    return links;
  }

  private static Optional<String> buildOf(Story story) {
    return story.events().reversed().stream()
        .map(Story.Event::event)
        .filter(ReleaseEvent.BuildSubmitted.class::isInstance)
        .map(event -> ((ReleaseEvent.BuildSubmitted) event).buildId())
        .findFirst();
  }
}
