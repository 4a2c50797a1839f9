package dev.slipway.source;

import dev.slipway.release.Crate;
import dev.slipway.release.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads from the manifests which services an upload holds.
 *
 * <p>Every member with binaries and {@code [package.metadata.slipway]} is one. Where no member says
 * so, the only member with a binary is, among those cargo builds by default first.
 */
final class Description {

  private final Manifests manifests;
  private final Findings findings;
  private final Findings warnings;
  private Optional<String> firstName = Optional.empty();

  Description(Manifests manifests, Findings findings, Findings warnings) {
    this.manifests = manifests;
    this.findings = findings;
    this.warnings = warnings;
  }

  /** What the first service would be called, known even when the upload is refused. */
  Optional<String> firstName() {
    return firstName;
  }

  /** The crates to be served; none when there were findings. */
  List<Crate> crates() {
    Optional<Workspace> workspace = Workspace.read(manifests, findings);
    Optional<String> toolchain = Toolchain.channel(manifests, findings);
    CargoConfig config = new CargoConfig(manifests, findings);
    config.check();
    Optional<CargoLock> lock = CargoLock.read(manifests.tree(), findings);
    lock.ifPresent(l -> l.warn(config.isVendored(), warnings));
    if (workspace.isEmpty()) {
      return List.of();
    }
    lock.ifPresent(l -> l.check(workspace.get(), findings));
    workspace
        .get()
        .members()
        .values()
        .forEach(m -> PackageRules.check(m, workspace.get().root(), findings));
    return describe(workspace.get(), toolchain, lock.orElse(new CargoLock(List.of())));
  }

  private List<Crate> describe(Workspace workspace, Optional<String> toolchain, CargoLock lock) {
    Optional<Crate.Commit> commit = VcsInfo.read(manifests.tree(), warnings);
    List<Crate> crates = new ArrayList<>();
    for (Served served : new Served.Choice(manifests.tree(), findings).of(workspace)) {
      String wanted = served.serviceName();
      firstName = firstName.or(() -> Optional.of(wanted));
      if (!ServiceName.isLegal(wanted)) {
        findings.at(
            "service-name",
            served.manifest().path(),
            ("'%s' cannot name a Cloud Run service: set `service` in [package.metadata.slipway] to"
                    + " up to %d lower-case letters, digits and hyphens, a letter first")
                .formatted(Shown.text(wanted), ServiceName.MAX_LENGTH));
      } else {
        crates.add(crate(served, workspace.root(), toolchain, commit, lock));
      }
    }
    checkDistinct(crates);
    return crates;
  }

  private static Crate crate(
      Served served,
      Manifest root,
      Optional<String> toolchain,
      Optional<Crate.Commit> commit,
      CargoLock lock) {
    Manifest manifest = served.manifest();
    return new Crate(
        new ServiceName(served.serviceName()),
        manifest.name(),
        manifest.version(root),
        manifest.edition(root),
        manifest.inherited("rust-version", root),
        toolchain,
        served.binary().name(),
        commit,
        lock.packages().size(),
        lock.dependencies(),
        lock.nativeLibraries(),
        served.settings());
  }

  private void checkDistinct(List<Crate> crates) {
    Map<ServiceName, String> names = new HashMap<>();
    for (Crate crate : crates) {
      String other = names.put(crate.service(), crate.name());
      if (other != null) {
        findings.add(
            "same-service",
            "the packages %s and %s would both be the service '%s': set `service` in one's"
                    .formatted(other, crate.name(), crate.service())
                + " [package.metadata.slipway]");
      }
    }
  }
}
