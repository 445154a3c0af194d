package io.crescendo.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnknownIdsTest {

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
  private final UnknownIds ids = new UnknownIds(nanoTime::get);

  @Test
  void saysTheSameAgainForAWhile() {
    ids.add(7, RegistryException.ofSchema("no 7", null));
    nanoTime.addAndGet(UnknownIds.REMEMBERED.toNanos() - 1);
    assertThatThrownBy(() -> ids.check(7))
        .isInstanceOf(RegistryException.class)
        .matches(e -> ((RegistryException) e).ofSchema())
        .hasMessage("no 7");
    assertThatCode(() -> ids.check(8)).doesNotThrowAnyException();
    nanoTime.incrementAndGet();
    assertThatCode(() -> ids.check(7)).doesNotThrowAnyException();
  }

  @Test
  void forgetsTheOldestOfMany() {
    for (int id = 0; id <= UnknownIds.MOST; id++) {
      ids.add(id, RegistryException.ofSchema("none", null));
    }
    assertThatCode(() -> ids.check(0)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ids.check(1)).hasMessage("none");
  }
}
