package dev.slipway.source;

import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Limits;
import dev.slipway.release.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens an upload, checks all of it, describes the crates in it and writes its canonical copy.
 *
 * <p>A {@code .crate}, {@code .tar.gz}, {@code .tar} or {@code .zip}, known by its bytes. Nothing
 * of it is ever unpacked under its own name: contents go to one working file, names stay in memory.
 * Memory is bounded by the limits, not by the archive; every reason to refuse it is found in one
 * pass.
 */
public final class SourceArchive {

  private static final String CANONICAL = "canonical.tar.gz";

  private final Limits limits;
  private final Findings findings = new Findings();
  private final Findings warnings = new Findings();
  private Optional<String> crateName = Optional.empty();

  private SourceArchive(Limits limits) {
    this.limits = limits;
  }

  /** What came of it. */
  public sealed interface Checked {

    /**
     * It can be built.
     *
     * @param canonical the canonical copy, in the working folder
     * @param sha256 hex digest of that copy
     */
    record Good(Path canonical, String sha256, List<Crate> crates, List<Finding> warnings)
        implements Checked {
      public Good {
        crates = List.copyOf(crates);
        warnings = List.copyOf(warnings);
      }
    }

    /** It cannot: every reason, and the service it seems to be meant for. */
    record Bad(ServiceName service, List<Finding> findings) implements Checked {
      public Bad {
        findings = List.copyOf(findings);
      }
    }
  }

  /**
   * Checks an upload.
   *
   * @param packed the upload, as it came
   * @param name the name it was uploaded under; only its ending {@code .crate} is looked at
   * @param work an empty folder to work in; everything written is written there
   * @throws UncheckedIOException when the working folder fails: a retry can help
   */
  public static Checked check(Path packed, String name, Path work, Limits limits) {
    return new SourceArchive(limits).check(packed, name, work);
  }

  /** The service an upload of this name seems to be meant for. */
  static ServiceName guess(String objectName) {
    String name = objectName.substring(objectName.lastIndexOf('/') + 1);
    String base = name.replaceFirst("(\\.tar)?\\.[A-Za-z]{1,5}$", "");
    return ServiceName.nearest(base.replaceFirst("-[0-9]{1,9}\\.[0-9].{0,100}$", ""));
  }

  private Checked check(Path packed, String name, Path work) {
    try (Spool spool = new Spool(work.resolve("spool"))) {
      Intake intake = new Intake(limits, findings, spool);
      boolean whole = read(packed, intake);
      List<Crate> crates = whole ? describe(intake.root(), spool, name) : List.of();
      if (!findings.isEmpty()) {
        ServiceName service = crateName.map(ServiceName::nearest).orElseGet(() -> guess(name));
        return new Checked.Bad(service, findings.list());
      }
      Path canonical = work.resolve(CANONICAL);
      Node root = Layout.strip(intake.root());
      String sha256 = Canonical.write(root, spool, canonical);
      return new Checked.Good(canonical, sha256, crates, warnings.list());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot work on the upload in " + work, e);
    }
  }

  /** Whether the archive could be read to its end. */
  private boolean read(Path packed, Intake intake) {
    try {
      Format.of(packed).read(packed, limits, intake);
      return true;
    } catch (UnreadableException e) {
      findings.add(e.finding());
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the working copy of the upload", e);
    }
  }

  private List<Crate> describe(Node archive, Spool spool, String name) {
    Layout layout = new Layout(archive, findings, warnings);
    Optional<Node> root = layout.root();
    if (root.isEmpty()) {
      return List.of();
    }
    Tree tree = new Tree(root.get(), spool, findings);
    Manifests manifests = new Manifests(tree, findings);
    Description description = new Description(manifests, findings, warnings);
    List<Crate> crates = description.crates();
    crateName = description.firstName();
    if (name.endsWith(".crate")) {
      layout.checkCrateFolder(manifests);
    }
    if (findings.isEmpty()) {
      new Preflight(tree, warnings).check();
    }
    return crates;
  }
}
