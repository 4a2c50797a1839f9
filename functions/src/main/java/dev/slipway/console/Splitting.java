package dev.slipway.console;

import dev.slipway.console.ask.Split;
import dev.slipway.console.ask.Splits;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks the platform for splits, of many services at once, and does without where it is slow. */
final class Splitting {

  private static final Logger LOG = System.getLogger(Splitting.class.getName());
  private static final long MOST_SECONDS = 3;

  private final Splits splits;

  Splitting(Splits splits) {
    this.splits = splits;
  }

  Split of(ServiceRecord service) {
    return of(List.of(service)).getOrDefault(service.name(), Split.NONE);
  }

  /** By service; those the platform does not tell in time are missing. */
  Map<ServiceName, Split> of(List<ServiceRecord> services) {
    List<Callable<Split>> asks =
        services.stream().<Callable<Split>>map(service -> () -> splits.of(service)).toList();
    Map<ServiceName, Split> found = new HashMap<>();
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Split>> answers = workers.invokeAll(asks, MOST_SECONDS, TimeUnit.SECONDS);
      for (int i = 0; i < answers.size(); i++) {
        add(found, services.get(i).name(), answers.get(i));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      workers.shutdownNow();
    }
    return found;
  }

  private static void add(
      Map<ServiceName, Split> found, ServiceName service, Future<Split> answer)
      throws InterruptedException {
    if (answer.isCancelled()) {
      LOG.log(Level.WARNING, "the traffic of {0} was not told in time", service);
      return;
    }
    try {
      found.put(service, answer.get());
    } catch (ExecutionException e) {
      LOG.log(Level.WARNING, "the traffic of {0} could not be read: {1}", service, e.getCause());
    }
  }
}
