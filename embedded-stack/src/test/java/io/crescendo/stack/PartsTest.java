package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final Parts parts = new Parts();
  private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

  @Test
  void closesInTheReverseOrderThoughOneFails() {
    parts.keep(() -> closed.add("first"));
    parts.keep(
        () -> {
          throw new IllegalStateException("broken");
        });
    parts.keep(() -> closed.add("last"));
    parts.close();
    assertThat(closed).containsExactly("last", "first");
  }

  @Test
  void closesEachPartOnceForTwoThreadsAndLetsBothWait() {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    parts.keep(() -> closed.add("first"));
    parts.keep(
        () -> {
          closing.countDown();
          goOn.await();
          closed.add("last");
        });
    CompletableFuture<Void> hook = CompletableFuture.runAsync(parts::close);
    CompletableFuture<List<String>> owner =
        CompletableFuture.supplyAsync(
            () -> {
              await(closing);
              parts.close();
              return List.copyOf(closed);
            });
    await(closing);
    assertThat(parts.isClosed()).isTrue();
    goOn.countDown();
    hook.join();
    assertThat(owner.join()).containsExactly("last", "first");
  }

  @Test
  void closesAtOnceWhatIsStartedAfterwards() {
    parts.close();
    assertThatThrownBy(() -> parts.keep(() -> closed.add("late")))
        .isInstanceOf(StackException.class);
    assertThat(closed).containsExactly("late");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
