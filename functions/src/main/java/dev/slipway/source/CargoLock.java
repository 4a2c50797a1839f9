package dev.slipway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import dev.slipway.release.Lock;
import dev.slipway.release.LockedPackage;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Cargo.lock: which packages a build uses.
 *
 * @param entries as written, each with what it depends on
 */
record CargoLock(List<Entry> entries) {

  static final String FILE = "Cargo.lock";

  static final int MAX_BYTES = 8 << 20;
  private static final long NEWEST = 4;
  private static final String CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
  private static final String CRATES_IO_SPARSE = "sparse+https://index.crates.io/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,127}");
  private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z.+-]{0,127}");

  /** Packages that link native code although they are not called {@code -sys}. */
  private static final Set<String> NATIVE =
      Set.of(
          "ring", "aws-lc-rs", "rdkafka", "rusqlite", "mozjpeg", "librocksdb", "blst", "mimalloc");

  /**
   * Parts of the names of packages for other systems than Linux: they stand in Cargo.lock, because
   * that is the same for every system, but are not compiled here.
   */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(js|web|wasi|ndk|jni|objc|io-kit|fsevent|coreaudio|coremidi|redox|hermit|mach)-sys"
              + "|(windows|winapi|ntapi|schannel).*"
              + "|.*(core-|-)?(foundation|security-framework|system-configuration|graphics|text"
              + "|video|media|metal)-sys");

  /**
   * One package as written.
   *
   * @param dependencies such as {@code serde}, {@code rand 0.8.5} or {@code rand 0.8.5 (SOURCE)}: as
   *     much as tells it from others
   */
  record Entry(LockedPackage locked, List<String> dependencies) {
    Entry {
      dependencies = List.copyOf(dependencies);
    }
  }

  CargoLock {
    entries = List.copyOf(entries);
  }

  List<LockedPackage> packages() {
    return locked().toList();
  }

  private Stream<LockedPackage> locked() {
    return entries.stream().map(Entry::locked);
  }

  /**
   * Reads the lock of an upload that was checked before.
   *
   * @throws IllegalArgumentException when it cannot be read, saying why
   */
  static CargoLock parse(String text) {
    Findings findings = new Findings();
    Optional<CargoLock> lock = Optional.empty();
    try {
      lock = of(new Table(Toml.parse(text)), findings);
    } catch (TomlException e) {
      broken(e.explained(), findings);
    }
    return lock.orElseThrow(
        () -> new IllegalArgumentException("cannot read Cargo.lock: " + findings.list()));
  }

  /** Reads the lock at the root; that it is not there, or broken, is a finding. */
  static Optional<CargoLock> read(Tree tree, Findings findings) {
    if (!tree.hasFile(FILE)) {
      findings.add(
          "no-lock",
          "there is no Cargo.lock, so nobody knows what would be built: run `cargo"
              + " generate-lockfile` and include it (in a .crate, cargo packages it by itself when"
              + " the package has a binary)");
      return Optional.empty();
    }
    Optional<String> text = tree.text(FILE, MAX_BYTES);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().contains("<<<<<<<") || text.get().contains(">>>>>>>")) {
      return broken("it holds the marks of a merge conflict", findings);
    }
    try {
      return of(new Table(Toml.parse(text.get())), findings);
    } catch (TomlException e) {
      return broken(e.explained(), findings);
    }
  }

  private static Optional<CargoLock> of(Table root, Findings findings) {
    Object version = root.values().getOrDefault("version", 1L);
    if (!(version instanceof Long number) || number < 1 || number > NEWEST) {
      findings.at(
          "lock-version",
          FILE,
          "its version is %s; up to %d is understood: write it with a stable cargo"
              .formatted(Shown.text(String.valueOf(version)), NEWEST));
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>();
    for (Table table : root.list("package")) {
      Optional<String> name = table.text("name").filter(n -> NAME.matcher(n).matches());
      Optional<String> locked = table.text("version").filter(v -> VERSION.matcher(v).matches());
      if (name.isEmpty() || locked.isEmpty()) {
        String shown = Shown.text(table.text("name").orElse("?"));
        return broken("the package '" + shown + "' has no legal name and version", findings);
      }
      LockedPackage one =
          new LockedPackage(
              name.get(), locked.get(), table.text("source"), table.text("checksum"));
      entries.add(new Entry(one, table.texts("dependencies")));
    }
    return Optional.of(new CargoLock(entries));
  }

  private static Optional<CargoLock> broken(String why, Findings findings) {
    findings.at(
        "lock-broken",
        FILE,
        "it cannot be read (%s): delete it and run `cargo generate-lockfile`".formatted(why));
    return Optional.empty();
  }

  /** Holds the lock against the manifests: {@code cargo build --locked} would fail late. */
  void check(Workspace workspace, Findings findings) {
    Manifest root = workspace.root();
    for (Manifest member : workspace.members().values()) {
      String version = member.version(root);
      boolean locked =
          locked()
              .anyMatch(
                  p ->
                      p.isLocal()
                          && p.name().equals(member.name())
                          && p.version().equals(version));
      if (!locked) {
        outdated("does not hold %s %s itself", member.name(), version, findings);
      }
      for (Manifest.Dependency dependency : member.dependencies()) {
        checkDependency(member, dependency, root, findings);
      }
    }
  }

  private void checkDependency(
      Manifest member, Manifest.Dependency dependency, Manifest root, Findings findings) {
    String name =
        dependency.isInherited()
            ? root.workspace()
                .table("dependencies")
                .table(dependency.key())
                .text("package")
                .orElse(dependency.key())
            : dependency.packageName();
    if (locked().noneMatch(p -> p.name().equals(name))) {
      outdated("lacks '%s', which %s depends on", name, member.name(), findings);
    }
  }

  private static void outdated(String what, String first, String second, Findings findings) {
    findings.at(
        "lock-outdated",
        FILE,
        "it is out of date, it %s: run `cargo update -w` and include it"
            .formatted(what.formatted(Shown.text(first), Shown.text(second))));
  }

  /** Warns of sources that the build cannot reach without being told a secret. */
  void warn(boolean vendored, Findings warnings) {
    for (LockedPackage p : packages()) {
      String source = p.source().orElse("");
      boolean registry = source.startsWith("registry+") || source.startsWith("sparse+");
      boolean publicOne = source.equals(CRATES_IO) || source.equals(CRATES_IO_SPARSE);
      if (registry && !publicOne && !vendored) {
        warnings.at(
            "private-registry",
            FILE,
            "%s comes from the registry %s, for which the build has no token: run `cargo vendor`"
                    .formatted(p.name(), Shown.text(source))
                + " and include vendor/ and .cargo/config.toml");
      }
      if (source.startsWith("git+ssh:") && !vendored) {
        warnings.at(
            "git-over-ssh",
            FILE,
            "%s comes from git over SSH, for which the build has no key: use https or run `cargo"
                    .formatted(p.name())
                + " vendor`");
      }
      if (registry && publicOne && p.checksum().isEmpty()) {
        warnings.at("no-checksum", FILE, p.name() + " has no checksum: run `cargo update -w`");
      }
    }
  }

  /**
   * Hex digest of what is locked from outside the upload: another one compiles the dependencies
   * anew. The order in the lock and the crate's own version have no part in it.
   */
  String dependencies() {
    MessageDigest digest = Canonical.sha256();
    locked()
        .filter(p -> !p.isLocal())
        .map(
            p ->
                "%s %s %s %s\n"
                    .formatted(
                        p.name(), p.version(), p.source().orElse(""), p.checksum().orElse("")))
        .sorted()
        .forEach(line -> digest.update(line.getBytes(UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The lock with every dependency found; one that names no package of it is left out. */
  Lock lock() {
    Map<String, List<LockedPackage>> byName =
        locked().collect(Collectors.groupingBy(LockedPackage::name));
    Map<LockedPackage, List<LockedPackage>> uses = new HashMap<>();
    for (Entry entry : entries) {
      List<LockedPackage> used =
          entry.dependencies().stream().flatMap(d -> find(d, byName)).distinct().toList();
      uses.put(entry.locked(), used);
    }
    return new Lock(packages(), uses);
  }

  private static Stream<LockedPackage> find(
      String dependency, Map<String, List<LockedPackage>> byName) {
    List<String> parts = Splitter.on(' ').limit(3).splitToList(dependency);
    String version = parts.size() > 1 ? parts.get(1) : "";
    String source = parts.size() > 2 ? parts.get(2).replaceAll("^\\(|\\)$", "") : "";
    return byName.getOrDefault(parts.getFirst(), List.of()).stream()
        .filter(p -> version.isEmpty() || p.version().equals(version))
        .filter(p -> p.source().orElse("").startsWith(source))
        .limit(1);
  }

  /** Packages that link native code. */
  List<String> nativeLibraries() {
    return locked()
        .map(LockedPackage::name)
        .filter(name -> NATIVE.contains(name) || name.endsWith("-sys") || name.endsWith("_sys"))
        .filter(name -> !ELSEWHERE.matcher(name).matches())
        .distinct()
        .sorted()
        .toList();
  }
}
