package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import dev.slipway.local.run.StartupWatch.Timing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The instances of all revisions, by the revision's full name. */
final class Fleet {

  private final Startup startup;
  private final RunSettings settings;
  private final Timing timing;
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();

  Fleet(Startup startup, RunSettings settings, Timing timing) {
    this.startup = startup;
    this.settings = settings;
    this.timing = timing;
  }

  /** Makes a revision known, so that requests can reach it. */
  void add(Revision revision) {
    instance(revision);
  }

  private Instance instance(Revision revision) {
    return instances.computeIfAbsent(
        revision.getName(), name -> new Instance(revision, startup, settings, timing));
  }

  /** Starts a revision for its first probe. */
  void deploy(Revision revision, Consumer<Startup.Outcome> done) {
    instance(revision).start(done);
  }

  /** The instance of a revision, null when there is no such revision. */
  @Nullable Instance find(String revision) {
    return instances.get(revision);
  }

  /** Runs {@code work} off the caller's thread. */
  void soon(Runnable work) {
    timing.scheduler().soon(work);
  }

  /** Keeps, of the given revisions, those running that ask for it and are in {@code routed}. */
  void pin(List<Revision> revisions, Set<String> routed) {
    for (Revision revision : revisions) {
      boolean wanted = revision.getScaling().getMinInstanceCount() > 0;
      boolean keep = wanted && routed.contains(revision.getName());
      Instance instance = find(revision.getName());
      if (instance != null) {
        instance.pin(keep);
      }
    }
  }

  /** Forgets a revision; its process ends when it has answered what it has. */
  void remove(String revision) {
    Instance instance = instances.remove(revision);
    if (instance != null) {
      instance.retire();
    }
  }

  /** Takes no more requests. */
  void close() {
    instances.values().forEach(Instance::retire);
    instances.clear();
  }
}
