package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The services and revisions there are, by full name; every change is on disk on return. */
final class Catalog {

  private final State state;
  private final MVMap<String, byte[]> services;
  private final MVMap<String, byte[]> revisions;
  private final MVMap<String, byte[]> templates;
  private final MVMap<String, byte[]> changes;
  private final MVMap<String, byte[]> counters;

  Catalog(State state) {
    this.state = state;
    services = state.map("run.service");
    revisions = state.map("run.revision");
    templates = state.map("run.template");
    changes = state.map("run.change");
    counters = state.map("run.counter");
  }

  Optional<Service> service(ServiceName name) {
    return Optional.ofNullable(read(services.get(name.toString()), Service.parser()));
  }

  Service requireService(ServiceName name) {
    return service(name).orElseThrow(() -> Calls.notFound(name.toString()));
  }

  /** The services of a project and location, the newest first. */
  List<Service> services(String parent) {
    return below(services, parent + "/services/", Service.parser()).stream()
        .sorted(
            Comparator.comparing(Service::getCreateTime, Timestamps.comparator())
                .reversed()
                .thenComparing(Service::getName))
        .toList();
  }

  List<Service> allServices() {
    return below(services, "", Service.parser());
  }

  Optional<Revision> revision(String name) {
    return Optional.ofNullable(read(revisions.get(name), Revision.parser()));
  }

  Revision requireRevision(String name) {
    return revision(name).orElseThrow(() -> Calls.notFound(name));
  }

  /** The revisions of a service, the newest first. */
  List<Revision> revisions(ServiceName name) {
    return below(revisions, name + "/revisions/", Revision.parser()).stream()
        .sorted(
            Comparator.comparing(Revision::getCreateTime, Timestamps.comparator())
                .reversed()
                .thenComparing(Revision::getName))
        .toList();
  }

  /** The template a revision was made from. */
  RevisionTemplate template(String revision) {
    RevisionTemplate template = read(templates.get(revision), RevisionTemplate.parser());
    return template == null ? RevisionTemplate.getDefaultInstance() : template;
  }

  void save(Service service) {
    services.put(service.getName(), service.toByteArray());
    state.commit();
  }

  void save(Revision revision) {
    revisions.put(revision.getName(), revision.toByteArray());
    state.commit();
  }

  void save(Revision revision, RevisionTemplate template) {
    templates.put(revision.getName(), template.toByteArray());
    save(revision);
  }

  void removeRevision(String name) {
    revisions.remove(name);
    templates.remove(name);
    state.commit();
  }

  void removeService(ServiceName name) {
    revisions(name).forEach(revision -> removeRevision(revision.getName()));
    services.remove(name.toString());
    changes.remove(name.toString());
    state.commit();
  }

  /**
   * A change of a service that is being carried out.
   *
   * @param operation the operation that ends with it
   * @param generation the service's generation it brought
   * @param revision the full name of the revision it brought, empty if none
   */
  record Change(ServiceName service, String operation, long generation, String revision) {}

  void begun(Change change) {
    String line = change.operation() + " " + change.generation() + " " + change.revision();
    changes.put(change.service().toString(), line.getBytes(UTF_8));
    state.commit();
  }

  void ended(Change change) {
    if (underWay(change.service()).filter(change::equals).isPresent()) {
      changes.remove(change.service().toString());
      state.commit();
    }
  }

  Optional<Change> underWay(ServiceName name) {
    return Optional.ofNullable(changes.get(name.toString()))
        .map(bytes -> new String(bytes, UTF_8).split(" ", -1))
        .map(parts -> new Change(name, parts[0], Long.parseLong(parts[1]), parts[2]));
  }

  /** The next number of a sequence that never gives one twice. */
  synchronized long next() {
    byte[] last = counters.get("id");
    long next = last == null ? 1 : Long.parseLong(new String(last, UTF_8)) + 1;
    counters.put("id", Long.toString(next).getBytes(UTF_8));
    return next;
  }

  private static <T> List<T> below(MVMap<String, byte[]> map, String prefix, Parser<T> parser) {
    List<T> found = new ArrayList<>();
    for (var keys = map.keyIterator(prefix.isEmpty() ? null : prefix); keys.hasNext(); ) {
      String key = keys.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      T value = read(map.get(key), parser);
      if (value != null) {
        found.add(value);
      }
    }
    return found;
  }

  private static <T> @Nullable T read(byte @Nullable [] bytes, Parser<T> parser) {
    if (bytes == null) {
      return null;
    }
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a Cloud Run record in the state folder is damaged", e);
    }
  }
}
