package dev.slipway.source;

import dev.slipway.release.Crate;
import dev.slipway.release.Finding;
import dev.slipway.release.Promotion;
import dev.slipway.release.ServiceName;
import dev.slipway.release.Source;
import java.util.List;

/** What came of checking an upload. */
public sealed interface Inspection {

  /**
   * It can be built.
   *
   * @param crates one for each service the archive holds, at least one
   * @param warnings what is not wrong but will surprise
   */
  record Accepted(Source source, List<Crate> crates, List<Finding> warnings)
      implements Inspection {
    public Accepted {
      crates = List.copyOf(crates);
      warnings = List.copyOf(warnings);
    }
  }

  /** It is no archive but asks for a promotion. */
  record Asked(Promotion promotion, long bytes) implements Inspection {}

  /**
   * It cannot: every reason at once.
   *
   * @param service the service it seems to be meant for
   * @param bytes size of the upload
   */
  record Refused(ServiceName service, long bytes, List<Finding> findings) implements Inspection {
    public Refused {
      findings = List.copyOf(findings);
    }
  }

  /** That generation is no longer there: replaced by a newer upload, or deleted. */
  record Gone() implements Inspection {}
}
