package dev.slipway.console;

import dev.slipway.console.ask.Serving;
import dev.slipway.console.ask.Split;
import dev.slipway.console.ask.Splits;
import dev.slipway.release.ServiceName;
import dev.slipway.release.ServiceRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Asks the platform for splits, of many services and in every region at once, and does without
 * where it is slow.
 */
final class Splitting {

  private static final Logger LOG = System.getLogger(Splitting.class.getName());
  private static final long MOST_SECONDS = 3;

  private final Splits splits;

  Splitting(Splits splits) {
    this.splits = splits;
  }

  /** One thing to ask. */
  private record Question(ServiceRecord service, Optional<String> region) {}

  Serving of(ServiceRecord service) {
    return of(List.of(service)).getOrDefault(service.name(), Serving.NONE);
  }

  /** By service; where the platform does not tell in time, nobody serves. */
  Map<ServiceName, Serving> of(List<ServiceRecord> services) {
    Map<Question, Split> told = answers(questions(services));
    Map<ServiceName, Serving> found = new HashMap<>();
    for (ServiceRecord service : services) {
      List<Serving.InRegion> regions =
          splits.regions().stream()
              .map(name -> new Serving.InRegion(name, told(told, service, Optional.of(name))))
              .toList();
      Split here =
          regions.isEmpty()
              ? told(told, service, Optional.empty())
              : regions.getFirst().traffic();
      found.put(service.name(), new Serving(here, regions));
    }
    return found;
  }

  private static Split told(
      Map<Question, Split> told, ServiceRecord service, Optional<String> region) {
    return told.getOrDefault(new Question(service, region), Split.NONE);
  }

  private List<Question> questions(List<ServiceRecord> services) {
    List<Question> questions = new ArrayList<>();
    for (ServiceRecord service : services) {
      if (splits.regions().isEmpty()) {
        questions.add(new Question(service, Optional.empty()));
      }
      splits.regions().forEach(name -> questions.add(new Question(service, Optional.of(name))));
    }
    return questions;
  }

  private Map<Question, Split> answers(List<Question> questions) {
    List<Callable<Split>> asks =
        questions.stream()
            .<Callable<Split>>map(asked -> () -> splits.of(asked.service(), asked.region()))
            .toList();
    Map<Question, Split> found = new HashMap<>();
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Split>> answers = workers.invokeAll(asks, MOST_SECONDS, TimeUnit.SECONDS);
      for (int i = 0; i < answers.size(); i++) {
        add(found, questions.get(i), answers.get(i));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      workers.shutdownNow();
    }
    return found;
  }

  private static void add(Map<Question, Split> found, Question asked, Future<Split> answer)
      throws InterruptedException {
    String what = asked.service().name() + asked.region().map(name -> " in " + name).orElse("");
    if (answer.isCancelled()) {
      LOG.log(Level.WARNING, "the traffic of {0} was not told in time", what);
      return;
    }
    try {
      found.put(asked, answer.get());
    } catch (ExecutionException e) {
      LOG.log(Level.WARNING, "the traffic of {0} could not be read: {1}", what, e.getCause());
    }
  }
}
