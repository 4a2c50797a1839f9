package dev.slipway.cli.doctor;

import com.google.gson.JsonParser;
import dev.slipway.FirestoreIndexes;
import dev.slipway.cli.doctor.Rest.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledger's database: there, and with every index and expiry that the code counts on. */
record LedgerLook(Place place, String database, Refusals refusals) {

  private static final Tree LIST = new Tree(JsonParser.parseString(FirestoreIndexes.json()));

  List<Question> all() {
    List<Question> all = new ArrayList<>(List.of(base(), indexes(), backups()));
    LIST.each("fieldOverrides").forEach(field -> all.add(field(field)));
    return all;
  }

  private String path(String rest) {
    return place.global("firestore", "/databases/" + database + rest);
  }

  private Question base() {
    String name = "database " + database;
    return new Question(
        name, Request.get(path("")), refusals.orElse(name, tree -> List.of(base(name, tree))));
  }

  private Check base(String name, Tree tree) {
    String update = "gcloud firestore databases update --project %s --database %s ".formatted(place.project(), database);
    if (!tree.text("type").equals("FIRESTORE_NATIVE")) {
      return Check.fail(
          name, "it is " + tree.text("type") + ", not native", "name another database in the team's file");
    }
    if (!tree.text("pointInTimeRecoveryEnablement").equals("POINT_IN_TIME_RECOVERY_ENABLED")) {
      return Check.warn(name, "no moment of the last days can be had back", update + "--enable-pitr");
    }
    if (!tree.text("deleteProtectionState").equals("DELETE_PROTECTION_ENABLED")) {
      return Check.warn(
          name, "it can be deleted (protect: false)", update + "--delete-protection");
    }
    return Check.ok(name, "native, protected, in " + tree.text("locationId"));
  }

  private Question backups() {
    return new Question(
        "backups of " + database,
        Request.get(path("/backupSchedules")),
        refusals.orElse(
            "backups of " + database,
            tree ->
                List.of(
                    tree.each("backupSchedules").isEmpty()
                        ? Check.warn("backups of " + database, "there are none", place.apply())
                        : Check.ok("backups of " + database, "scheduled"))));
  }

  private Question indexes() {
    return new Question(
        "indexes",
        Request.get(path("/collectionGroups/-/indexes?pageSize=1000")),
        refusals.orElse("indexes", this::indexes));
  }

  private List<Check> indexes(Tree tree) {
    Map<String, String> states = new TreeMap<>();
    for (Tree index : tree.each("indexes")) {
      String group = index.text("name").replaceAll(".*/collectionGroups/([^/]+)/.*", "$1");
      states.put(key(group, index), index.text("state"));
    }
    List<Check> checks = new ArrayList<>();
    for (Tree index : LIST.each("indexes")) {
      String key = key(index.text("collectionGroup"), index);
      String state = states.getOrDefault(key, "missing");
      String found = "it is " + state;
      checks.add(
          state.equals("READY")
              ? Check.ok("index " + key, "READY")
              : state.equals("CREATING")
                  ? Check.warn(
                      "index " + key, "it is being made: its queries fail until it is READY", "wait, then slipway doctor")
                  : Check.fail("index " + key, found + ": its queries fail", place.apply()));
    }
    return checks;
  }

  /** {@code GROUP field order field order}; Google adds {@code __name__} of itself. */
  private static String key(String group, Tree index) {
    return group
        + index.each("fields").stream()
            .filter(field -> !field.text("fieldPath").equals("__name__"))
            .map(
                field ->
                    " "
                        + field.text("fieldPath")
                        + " "
                        + (field.has("order") ? field.text("order") : field.text("arrayConfig")).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
  }

  private Question field(Tree wanted) {
    String group = wanted.text("collectionGroup");
    String field = wanted.text("fieldPath");
    String name = "field %s.%s".formatted(group, field);
    return new Question(
        name,
        Request.get(path("/collectionGroups/%s/fields/%s".formatted(group, field))),
        refusals.orElse(name, tree -> List.of(field(name, wanted, tree))));
  }

  private Check field(String name, Tree wanted, Tree tree) {
    String ttl = tree.text("ttlConfig", "state");
    if (wanted.flag("ttl") && !ttl.equals("ACTIVE")) {
      return ttl.equals("CREATING")
          ? Check.warn(name, "its expiry is being switched on", "wait, then slipway doctor")
          : Check.warn(
              name,
              ttl.isEmpty() ? "what has expired stays" : "its expiry is " + ttl,
              "gcloud firestore fields ttls update %s --collection-group %s --enable-ttl --database %s --project %s"
                  .formatted(wanted.text("fieldPath"), wanted.text("collectionGroup"), database, place.project()));
    }
    boolean indexed =
        tree.flag("indexConfig", "usesAncestorConfig") || !tree.each("indexConfig", "indexes").isEmpty();
    if (indexed && wanted.each("indexes").isEmpty()) {
      return Check.warn(
          name, "it is indexed, which costs at every write and bounds its size", place.apply());
    }
    return Check.ok(name, wanted.flag("ttl") ? "it expires" : "not indexed");
  }
}
