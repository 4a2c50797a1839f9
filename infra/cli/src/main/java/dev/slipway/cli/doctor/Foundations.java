package dev.slipway.cli.doctor;

import dev.slipway.cli.doctor.Rest.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What everything else rests on: APIs, buckets and image repositories. */
record Foundations(Place place, Refusals refusals) {

  /** What Terraform switches on in every environment. */
  static final List<String> APIS =
      List.of(
          "artifactregistry",
          "cloudbuild",
          "cloudfunctions",
          "cloudscheduler",
          "eventarc",
          "firestore",
          "iam",
          "logging",
          "monitoring",
          "pubsub",
          "run",
          "secretmanager",
          "storage");

  static final List<String> BUCKETS = List.of("uploads", "sources", "functions");
  static final List<String> REPOSITORIES = List.of("images", "slipway-functions");

  Question apis() {
    String names =
        APIS.stream()
            .map(api -> "names=projects/%s/services/%s.googleapis.com".formatted(place.project(), api))
            .collect(Collectors.joining("&"));
    return new Question(
        "APIs",
        Request.get(place.global("serviceusage", "/services:batchGet?" + names)),
        refusals.orElse("APIs", tree -> List.of(apis(tree))));
  }

  private Check apis(Tree tree) {
    Set<String> missing = new TreeSet<>(APIS);
    for (Tree service : tree.each("services")) {
      if (service.text("state").equals("ENABLED")) {
        missing.remove(service.last("name").replace(".googleapis.com", ""));
      }
    }
    return Refusals.judge(
        "APIs",
        missing.isEmpty(),
        "all %d are enabled".formatted(APIS.size()),
        "not enabled: " + String.join(", ", missing),
        "gcloud services enable --project %s %s"
            .formatted(
                place.project(),
                missing.stream().map(api -> api + ".googleapis.com").collect(Collectors.joining(" "))));
  }

  /** @param bucket as {@code uploads}: the project's name comes before it */
  Question bucket(String bucket) {
    String id = place.project() + "-" + bucket;
    String name = "bucket " + id;
    return new Question(
        name,
        Request.get("https://storage.googleapis.com/storage/v1/b/" + id),
        refusals.orElse(name, tree -> List.of(bucket(name, id, tree))));
  }

  private Check bucket(String name, String id, Tree bucket) {
    String mend = "gcloud storage buckets update gs://" + id;
    if (!bucket.flag("iamConfiguration", "uniformBucketLevelAccess", "enabled")) {
      return Check.fail(
          name, "single objects have rights of their own", mend + " --uniform-bucket-level-access");
    }
    if (!bucket.text("iamConfiguration", "publicAccessPrevention").equals("enforced")) {
      return Check.fail(name, "it can be made public", mend + " --public-access-prevention");
    }
    if (id.endsWith("-uploads") && !bucket.flag("versioning", "enabled")) {
      return Check.fail(
          name, "it keeps no generations, which releases are pinned to", mend + " --versioning");
    }
    if (!bucket.text("location").equalsIgnoreCase(place.region())) {
      return Check.warn(
          name,
          "it is in %s, the environment in %s".formatted(bucket.text("location"), place.region()),
          "a bucket does not move: see the region in the team's file");
    }
    return Check.ok(name, "uniform access, never public, in " + place.region());
  }

  Question repositories() {
    return new Question(
        "image repositories",
        Request.get(place.regional("artifactregistry", "/repositories?pageSize=1000")),
        refusals.orElse("image repositories", this::repositories));
  }

  private List<Check> repositories(Tree tree) {
    Map<String, Tree> byName = byName(tree.each("repositories"), repository -> repository.last("name"));
    return REPOSITORIES.stream()
        .map(
            id -> {
              Tree repository = byName.getOrDefault(id, Tree.NOTHING);
              return Refusals.judge(
                  "repository " + id,
                  repository.text("format").equals("DOCKER"),
                  "Docker, in " + place.region(),
                  byName.containsKey(id) ? "it is not for Docker images" : "it is not there",
                  place.apply());
            })
        .toList();
  }

  static Map<String, Tree> byName(List<Tree> trees, Function<Tree, String> name) {
    Map<String, Tree> byName = new TreeMap<>();
    trees.forEach(tree -> byName.put(name.apply(tree), tree));
    return byName;
  }
}
