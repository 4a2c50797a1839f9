package dev.slipway.source;

import dev.slipway.release.CrateSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A package of an upload that becomes a service, and the binary of it that is served. */
record Served(Manifest manifest, Binary binary, CrateSettings settings) {

  /** The name it wants: its own choice, or the package's in Cloud Run's letters. */
  String serviceName() {
    return settings.service().orElseGet(() -> serviceName(manifest));
  }

  private static String serviceName(Manifest manifest) {
    return manifest.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Chooses the packages and binaries to serve. */
  static final class Choice {

    private static final String SETTINGS = "[package.metadata.slipway]";

    private final Tree tree;
    private final Findings findings;

    Choice(Tree tree, Findings findings) {
      this.tree = tree;
      this.findings = findings;
    }

    List<Served> of(Workspace workspace) {
      Map<Manifest, List<Binary>> binaries = new LinkedHashMap<>();
      for (Manifest member : workspace.members().values()) {
        String edition = member.edition(workspace.root());
        binaries.put(member, Binary.of(member, edition, tree, findings));
      }
      checkMisplaced(workspace);
      List<Served> served = new ArrayList<>();
      for (Manifest member : chosen(workspace, binaries)) {
        List<Binary> own = binaries.getOrDefault(member, List.of());
        CrateSettings settings = Settings.read(member, findings);
        binary(member, own, settings)
            .ifPresent(binary -> served.add(new Served(member, binary, settings)));
      }
      return served;
    }

    private void checkMisplaced(Workspace workspace) {
      if (workspace.root().workspace().table("metadata").has("slipway")) {
        findings.at(
            "settings",
            "Cargo.toml",
            "[workspace.metadata.slipway] is not read: put the settings into " + SETTINGS
                + " of the package to be served");
      }
    }

    private List<Manifest> chosen(Workspace workspace, Map<Manifest, List<Binary>> binaries) {
      List<Manifest> marked =
          binaries.keySet().stream().filter(m -> m.settings().isPresent()).toList();
      if (!marked.isEmpty()) {
        return marked;
      }
      List<Manifest> able =
          binaries.entrySet().stream()
              .filter(member -> !member.getValue().isEmpty())
              .map(Map.Entry::getKey)
              .toList();
      List<Manifest> defaults = able.stream().filter(workspace.defaults()::contains).toList();
      if (able.size() == 1 || defaults.size() == 1) {
        return able.size() == 1 ? able : defaults;
      }
      if (able.isEmpty()) {
        findings.add(
            "no-binary",
            "there is no binary, only a library: add src/main.rs that serves HTTP on $PORT");
      } else {
        findings.add(
            "several-packages",
            "several packages have a binary (%s): add %s to each that is to be a service"
                .formatted(names(able), SETTINGS));
      }
      return List.of();
    }

    private Optional<Binary> binary(
        Manifest manifest, List<Binary> binaries, CrateSettings settings) {
      Optional<String> wanted =
          settings.binary().or(() -> manifest.packageTable().text("default-run"));
      Optional<Binary> found =
          binaries.size() == 1 && wanted.isEmpty()
              ? Optional.of(binaries.getFirst())
              : binaries.stream().filter(b -> Optional.of(b.name()).equals(wanted)).findFirst();
      if (found.isEmpty()) {
        reportMissing(manifest, binaries, wanted);
      }
      found.ifPresent(binary -> check(manifest, binary, settings));
      return found;
    }

    private void reportMissing(
        Manifest manifest, List<Binary> binaries, Optional<String> wanted) {
      if (binaries.isEmpty()) {
        findings.at(
            "no-binary",
            manifest.path(),
            "the package has no binary, only a library: add src/main.rs that serves HTTP on $PORT");
      } else if (wanted.isPresent()) {
        findings.at(
            "no-such-binary",
            manifest.path(),
            "there is no binary '%s'; there are %s"
                .formatted(Shown.text(wanted.get()), Binary.names(binaries)));
      } else {
        findings.at(
            "several-binaries",
            manifest.path(),
            "the package has several binaries (%s): set `binary` in %s, or default-run"
                .formatted(Binary.names(binaries), SETTINGS));
      }
    }

    private void check(Manifest manifest, Binary binary, CrateSettings settings) {
      if (!PackageRules.isLegalBinary(binary.name())) {
        findings.at(
            "binary-name",
            manifest.path(),
            "'%s' cannot name a binary: use up to 64 letters, digits, '-' and '_'"
                .formatted(Shown.text(binary.name())));
      }
      Set<String> on = Settings.featuresOn(manifest, settings);
      List<String> off =
          binary.requiredFeatures().stream().filter(feature -> !on.contains(feature)).toList();
      if (!off.isEmpty()) {
        findings.at(
            "required-features",
            manifest.path(),
            "the binary '%s' needs the features %s, without which cargo leaves it out: add them to"
                    .formatted(Shown.text(binary.name()), Shown.text(String.join(", ", off)))
                + " `features` in " + SETTINGS);
      }
    }

    private static String names(List<Manifest> packages) {
      List<String> names = packages.stream().limit(20).map(m -> Shown.text(m.name())).toList();
      int more = packages.size() - names.size();
      return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }
  }
}
