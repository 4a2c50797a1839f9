package dev.slipway.local.registry;

import com.google.devtools.artifactregistry.v1.Repository;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.local.server.Calls;
import dev.slipway.local.state.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The repositories: those created, and those an image was pushed to (here, other than at Google's,
 * a push needs no repository made first).
 */
final class Repositories {

  private final State state;
  private final Clock clock;
  private final Catalog catalog;
  private final MVMap<String, byte[]> repositories;

  Repositories(State state, Clock clock, Catalog catalog) {
    this.state = state;
    this.clock = clock;
    this.catalog = catalog;
    repositories = state.map("registry.repository");
  }

  synchronized Repository create(String parent, String id, Repository wanted) {
    if (!id.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw Calls.invalid("invalid repository_id: '" + id + "'");
    }
    String name = ResourceName.parse(parent + "/repositories/" + id).repositoryName();
    if (repositories.containsKey(name)) {
      throw Calls.alreadyExists(name);
    }
    var now = Times.of(clock.instant());
    Repository made =
        wanted.toBuilder().setName(name).setCreateTime(now).setUpdateTime(now).build();
    repositories.put(name, made.toByteArray());
    state.commit();
    return made;
  }

  Repository get(ResourceName name) {
    byte @Nullable [] bytes = repositories.get(name.repositoryName());
    if (bytes != null) {
      return parse(bytes);
    }
    if (catalog.names(name.imagePrefix()).isEmpty()) {
      throw Calls.notFound(name.repositoryName());
    }
    return Repository.newBuilder()
        .setName(name.repositoryName())
        .setFormat(Repository.Format.DOCKER)
        .setMode(Repository.Mode.STANDARD_REPOSITORY)
        .build();
  }

  List<Repository> list(ResourceName location) {
    TreeSet<String> names = new TreeSet<>();
    String prefix = location.parent() + "/repositories/";
    for (Iterator<String> each = repositories.keyIterator(prefix); each.hasNext(); ) {
      String name = each.next();
      if (!name.startsWith(prefix)) {
        break;
      }
      names.add(name);
    }
    for (String image : catalog.names(location.project() + "/")) {
      String[] parts = image.split("/", 3);
      if (parts.length == 3) {
        names.add(prefix + parts[1]);
      }
    }
    List<Repository> found = new ArrayList<>();
    names.forEach(name -> found.add(get(ResourceName.parse(name))));
    return found;
  }

  /** Takes a repository away with all its images. */
  synchronized void delete(ResourceName name) {
    get(name);
    for (String image : catalog.names(name.imagePrefix())) {
      catalog.manifests(image).forEach(digest -> catalog.deleteManifest(image, digest));
    }
    repositories.remove(name.repositoryName());
    state.commit();
  }

  private static Repository parse(byte[] bytes) {
    try {
      return Repository.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a repository is damaged", e);
    }
  }
}
