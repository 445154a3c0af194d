package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
  private final Activity activity = new Activity();
  private final List<Long> passedOn = new ArrayList<>();
  private final Pace pace = new Pace(context, activity, Duration.ofSeconds(1), passedOn::add);

  @BeforeEach
  void passOnOnce() {
    pace.changed();
    look(10_000);
    passedOn.clear();
    context.resetCommit();
  }

  @Test
  void passesOnOnceInACommitIntervalWhileRecordsCome() {
    for (long now = 10_100; now <= 13_000; now += 100) {
      comes();
      look(now);
    }
    assertThat(passedOn).containsExactly(11_000L, 12_000L, 13_000L);
    assertThat(context.committed()).as("an instance at work commits at its interval").isFalse();
  }

  @Test
  void passesOnWhenRecordsPauseAndAsksForACommit() {
    for (long now = 10_100; now <= 10_500; now += 100) {
      comes();
      look(now);
    }
    assertThat(passedOn).isEmpty();
    look(10_600);
    assertThat(passedOn).containsExactly(10_600L);
    assertThat(context.committed()).isTrue();
    assertThat(timers()).as("there is nothing more to pass on").isEmpty();
  }

  @Test
  void seesNoPauseWhileOthersOfTheInstanceWork() {
    pace.changed();
    activity.record();
    look(10_900);
    assertThat(passedOn).isEmpty();
  }

  @Test
  void passesOnFourTimesAnIntervalAtMostWhereRecordsComeOneByOne() {
    pace.changed();
    look(10_100);
    look(10_200);
    assertThat(passedOn).isEmpty();
    look(10_300);
    assertThat(passedOn).containsExactly(10_300L);
  }

  @Test
  void passesOnAlthoughTheClockStepsBack() {
    comes();
    look(5_000);
    assertThat(passedOn).containsExactly(5_000L);
  }

  @Test
  void isSilentOnceStopped() {
    pace.changed();
    pace.stop();
    assertThat(timers()).isEmpty();
  }

  /** Before it looks, and it sees that. */
  private void comes() {
    pace.changed();
    activity.record();
  }

  private void look(long now) {
    assertThat(timers()).hasSize(1);
    assertThat(timers().get(0).getInterval()).isEqualTo(Duration.ofMillis(100));
    timers().get(0).getPunctuator().punctuate(now);
  }

  private List<CapturedPunctuator> timers() {
    return context.scheduledPunctuators().stream().filter(timer -> !timer.cancelled()).toList();
  }
}
