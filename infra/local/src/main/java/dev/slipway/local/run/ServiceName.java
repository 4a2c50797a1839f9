package dev.slipway.local.run;

import dev.slipway.local.server.Calls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code projects/P/locations/L/services/S}, taken apart. */
record ServiceName(String project, String location, String service) {

  private static final Pattern PARENT = Pattern.compile("projects/([^/]+)/locations/([^/]+)");
  private static final Pattern SERVICE = Pattern.compile(PARENT + "/services/([^/]+)");
  private static final Pattern REVISION = Pattern.compile("(" + SERVICE + ")/revisions/([^/]+)");

  static ServiceName parse(String name) {
    Matcher parts = match(SERVICE, name, "projects/P/locations/L/services/S");
    return new ServiceName(parts.group(1), parts.group(2), parts.group(3));
  }

  static ServiceName of(String parent, String service) {
    Matcher parts = match(PARENT, parent, "projects/P/locations/L");
    return new ServiceName(parts.group(1), parts.group(2), service);
  }

  /** The service a revision's full name belongs to. */
  static ServiceName ofRevision(String revision) {
    return parse(
        match(REVISION, revision, "projects/P/locations/L/services/S/revisions/R").group(1));
  }

  /** The last part of any resource name. */
  static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static Matcher match(Pattern pattern, String name, String form) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      throw Calls.invalid("Invalid resource name '%s': expected %s.".formatted(name, form));
    }
    return matcher;
  }

  String parent() {
    return "projects/%s/locations/%s".formatted(project, location);
  }

  /** The full name of a revision of this service. */
  String revision(String id) {
    return this + "/revisions/" + id;
  }

  String operation(String id) {
    return parent() + "/operations/" + id;
  }

  @Override
  public String toString() {
    return parent() + "/services/" + service;
  }
}
