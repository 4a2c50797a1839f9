package dev.slipway.local.logging;

import com.google.logging.v2.LogEntry;
import java.util.List;

/** Where Cloud Logging finds what a service of the laptop cloud has logged. */
public interface LogSource {

  /** All that is kept, in any order, each entry whole: name, resource, time and payload. */
  List<LogEntry> entries();
}
