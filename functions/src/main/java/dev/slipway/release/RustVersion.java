package dev.slipway.release;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Rust, as {@code rust-version} and a numbered toolchain name it. */
public record RustVersion(int major, int minor, int patch) implements Comparable<RustVersion> {

  private static final Pattern NUMBERED =
      Pattern.compile("([0-9]{1,4})\\.([0-9]{1,5})(?:\\.([0-9]{1,5}))?(?:-.{0,100})?");

  private static final Comparator<RustVersion> ORDER =
      Comparator.comparingInt(RustVersion::major)
          .thenComparingInt(RustVersion::minor)
          .thenComparingInt(RustVersion::patch);

  /** Reads {@code 1.85}, {@code 1.85.0} or {@code 1.85.0-beta}; empty of {@code stable} and the like. */
  public static Optional<RustVersion> parse(String text) {
    Matcher matcher = NUMBERED.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String patch = matcher.group(3);
    return Optional.of(
        new RustVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            patch == null ? 0 : Integer.parseInt(patch)));
  }

  /**
   * Why a crate cannot be built where this is the compiler that is used unless it names another;
   * empty where nothing says that it cannot. What {@code stable} or a nightly is, only rustup knows.
   */
  public Optional<Finding> refusal(Crate crate) {
    return crate.rustVersion().flatMap(RustVersion::parse).flatMap(asked -> refusal(crate, asked));
  }

  private Optional<Finding> refusal(Crate crate, RustVersion asked) {
    if (crate.toolchain().isEmpty()) {
      return asked.compareTo(this) > 0 ? Optional.of(tooOld(crate, asked)) : Optional.empty();
    }
    return crate
        .toolchain()
        .flatMap(RustVersion::parse)
        .filter(named -> asked.compareTo(named) > 0)
        .map(named -> contradiction(crate, asked, named));
  }

  private Finding tooOld(Crate crate, RustVersion asked) {
    return Finding.at(
        "rust-version",
        "Cargo.toml",
        ("the package %s wants Rust %s or newer (`rust-version`) and the builder has %s: name a newer"
                + " one in a rust-toolchain.toml (channel = \"%s\" under [toolchain]), or have the"
                + " platform's engineer raise BUILDER (build-templates/refresh)")
            .formatted(crate.name(), asked, this, asked));
  }

  private static Finding contradiction(Crate crate, RustVersion asked, RustVersion named) {
    return Finding.at(
        "rust-version",
        "rust-toolchain.toml",
        "it names Rust %s and the package %s wants %s or newer (`rust-version`): raise its channel"
            .formatted(named, crate.name(), asked));
  }

  @Override
  public int compareTo(RustVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
