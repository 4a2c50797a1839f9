package dev.slipway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The files of a small crate that is in order, to be changed one thing at a time. */
final class Sample {

  static final String MANIFEST =
      """
      [package]
      name = "hello"
      version = "1.2.3"
      edition = "2021"
      """;
  static final String LOCK =
      """
      version = 4

      [[package]]
      name = "hello"
      version = "1.2.3"
      """;
  static final String MAIN =
      """
      fn main() {
          let port = std::env::var("PORT").unwrap();
          std::net::TcpListener::bind(format!("0.0.0.0:{port}")).unwrap();
      }
      """;

  private final Map<String, String> files = new LinkedHashMap<>();

  static Sample crate() {
    return new Sample()
        .with("Cargo.toml", MANIFEST)
        .with("Cargo.lock", LOCK)
        .with("src/main.rs", MAIN);
  }

  Sample with(String path, String content) {
    files.put(path, content);
    return this;
  }

  Sample without(String path) {
    files.remove(path);
    return this;
  }

  /** Adds to the manifest. */
  Sample manifest(String more) {
    return with("Cargo.toml", files.get("Cargo.toml") + more);
  }

  TarBytes tar(String folder) {
    TarBytes tar = new TarBytes();
    files.forEach((path, content) -> tar.file(folder + path, content));
    return tar;
  }

  byte[] tarGz() {
    return tar("").gz();
  }

  byte[] crateFile() {
    return tar("hello-1.2.3/").gz();
  }

  ZipBytes zip(String folder) {
    ZipBytes zip = new ZipBytes();
    files.forEach((path, content) -> zip.file(folder + path, content));
    return zip;
  }

  SourceArchive.Checked check() {
    return check(tarGz(), "hello.tar.gz", Limits.DEFAULT);
  }

  /** The rules that refuse it. */
  Set<String> refusals() {
    return rules(check());
  }

  Crate accepted() {
    return crates().getFirst();
  }

  List<Crate> crates() {
    return good(check()).crates();
  }

  static SourceArchive.Checked check(byte[] archive) {
    return check(archive, "hello.tar.gz", Limits.DEFAULT);
  }

  static SourceArchive.Checked check(byte[] archive, String name, Limits limits) {
    try (WorkFolder work = WorkFolder.make()) {
      Path packed = Files.write(work.file("upload"), archive);
      return SourceArchive.check(packed, name, work.path(), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourceArchive.Checked.Good good(SourceArchive.Checked checked) {
    return switch (checked) {
      case SourceArchive.Checked.Good good -> good;
      case SourceArchive.Checked.Bad bad -> throw new AssertionError(bad.findings().toString());
    };
  }

  static List<Finding> findings(SourceArchive.Checked checked) {
    return switch (checked) {
      case SourceArchive.Checked.Good good -> List.of();
      case SourceArchive.Checked.Bad bad -> bad.findings();
    };
  }

  static Set<String> rules(SourceArchive.Checked checked) {
    Set<String> rules = new TreeSet<>();
    findings(checked).forEach(finding -> rules.add(finding.rule()));
    return rules;
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
