package dev.slipway.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SlotsTest {

  @Test
  void noMoreThanTheLimitRunAtOnceAndAllRunInTheEnd() throws Exception {
    Slots slots = new Slots(3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch threeRun = new CountDownLatch(3);
    Semaphore mayEnd = new Semaphore(0);
    CountDownLatch all = new CountDownLatch(20);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Runnable> deliveries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        deliveries.add(
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              threeRun.countDown();
              mayEnd.acquireUninterruptibly();
              running.decrementAndGet();
              all.countDown();
            });
      }
      deliveries.forEach(delivery -> threads.execute(() -> slots.run(delivery)));
      threeRun.await();
      mayEnd.release(20);
      all.await();
    }

    assertThat(most).hasValue(3);
  }
}
