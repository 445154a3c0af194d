package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollerTest {

  private final List<Duration> pauses = new ArrayList<>();

  private Poller poller(double dice) {
    return new Poller(Duration.ofSeconds(1), Duration.ofSeconds(3), () -> dice, pauses::add);
  }

  private int untilLook(Poller poller, int last, Duration time) {
    AtomicInteger looks = new AtomicInteger();
    return poller.until(
        Deadline.in(time, Clock.systemUTC()),
        looks::incrementAndGet,
        n -> n == last,
        n -> "Look " + n + " had");
  }

  @Test
  void pausesLongerEachTimeUpToALimit() {
    assertThat(untilLook(poller(0), 6, Duration.ofHours(1))).isEqualTo(6);

    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofMillis(1500),
            Duration.ofMillis(2250),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3));
  }

  @Test
  void shortensAPauseByUpToAHalf() {
    untilLook(poller(0.5), 2, Duration.ofHours(1));

    assertThat(pauses).containsExactly(Duration.ofMillis(750));
  }

  @Test
  void doesNotPauseWhenDoneAtTheFirstLook() {
    untilLook(poller(0), 1, Duration.ofHours(1));

    assertThat(pauses).isEmpty();
  }

  @Test
  void doesNotPausePastTheDeadlineAndSaysWhatItSaw() {
    assertThatThrownBy(() -> untilLook(poller(0), -1, Duration.ofMillis(50)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("had not finished after PT0.05S, the time a run may take");
    assertThat(pauses).isNotEmpty().allMatch(p -> p.compareTo(Duration.ofMillis(50)) <= 0);
  }

  @Test
  void endsWhenTheProgramIsToldToStop() {
    Poller interrupted =
        new Poller(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            () -> 0,
            time -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> untilLook(interrupted, -1, Duration.ofHours(1)))
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("told to stop");
    assertThat(Thread.interrupted()).isTrue();
  }
}
