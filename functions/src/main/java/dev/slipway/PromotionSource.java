package dev.slipway;

import dev.slipway.release.Fields;
import dev.slipway.release.Finding;
import dev.slipway.release.Promotion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one environment that releases are promoted from into this one.
 *
 * @param name what promotions call it, such as {@code staging}
 * @param project its Google Cloud project id
 * @param database its ledger: a Firestore database id
 * @param repository its images: {@code HOST/PROJECT/REPOSITORY}
 * @param page base URL of its page, without a slash at its end; empty for none
 * @param laptop its addresses where it is another laptop cloud; empty on Google Cloud, and on a
 *     laptop where it is in the same cloud
 */
public record PromotionSource(
    String name,
    String project,
    String database,
    String repository,
    Optional<String> page,
    Optional<Settings.Laptop> laptop) {

  /**
   * Reads one from YAML (of which JSON is a part): {@code {name, project, database, repository}}, and if need be
   * {@code page} and {@code laptop: {grpc, http}}.
   *
   * @throws IllegalArgumentException naming everything that is wrong with it
   */
  static PromotionSource read(String yaml) {
    Fields fields =
        Fields.of(
            "promotion-source",
            "the promotion source",
            "",
            Yaml.table("the promotion source", yaml));
    Optional<String> name =
        fields
            .require("name")
            .text(
            "name",
            Promotion::isEnvironment,
            "up to 40 lower-case letters, digits and hyphens");
    Optional<String> project = fields.require("project").text("project");
    Optional<String> database = fields.require("database").text("database");
    Optional<String> repository = fields.require("repository").text("repository");
    Optional<String> page =
        fields.text("page", s -> s.matches("https?://[^\\s<>|]+"), "an address such as https://HOST");
    Optional<Settings.Laptop> laptop = fields.table("laptop").flatMap(PromotionSource::laptop);
    List<Finding> problems = fields.findings();
    if (!problems.isEmpty()) {
      throw Yaml.refuse(
          "the promotion source",
          problems.stream().map(Finding::message).collect(Collectors.joining("; ")));
    }
    return new PromotionSource(
        name.orElseThrow(),
        project.orElseThrow(),
        database.orElseThrow(),
        repository.orElseThrow(),
        page.map(text -> text.replaceAll("/+$", "")),
        laptop);
  }

  private static Optional<Settings.Laptop> laptop(Fields fields) {
    Optional<String> grpc = fields.require("grpc").text("grpc");
    Optional<String> http = fields.require("http").text("http");
    return grpc.flatMap(g -> http.map(h -> new Settings.Laptop(g, h, Optional.empty())));
  }
}
