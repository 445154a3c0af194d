package io.crescendo.streams;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * When a processor passes on what it gathers. While records come, once a commit interval: the same
 * would change again and again. When the instance pauses, at once, and then it asks for a commit,
 * because nobody sees a record before that; an instance at work has better to do.
 */
final class Pace {

  private final ProcessorContext<?, ?> context;
  private final Activity activity;
  private final long interval;
  private final LongConsumer action;
  private final OneShot timer;
  private long recordsThen;
  private long lastPassed = Long.MIN_VALUE / 2;

  /**
   * @param activity of the instance
   * @param action passes on what was gathered; gets the time, milliseconds since the epoch
   */
  Pace(
      ProcessorContext<?, ?> context,
      Activity activity,
      Duration commitInterval,
      LongConsumer action) {
    this.context = context;
    this.activity = activity;
    this.interval = commitInterval.toMillis();
    this.action = action;
    this.timer = new OneShot(context, this::passOnUnlessBusy);
  }

  /** There is something to pass on. */
  void changed() {
    if (!timer.isSet()) {
      lookSoon();
    }
  }

  private void lookSoon() {
    recordsThen = activity.records();
    timer.set(interval / 10);
  }

  private void passOnUnlessBusy(long now) {
    boolean paused = activity.records() == recordsThen;
    long sinceLast = now - lastPassed;
    // Four times an interval at most, where records come one by one. The clock may step back.
    if (sinceLast >= 0 && sinceLast < (paused ? interval / 4 : interval)) {
      lookSoon();
      return;
    }
    lastPassed = now;
    action.accept(now);
    if (paused) {
      context.commit();
    }
  }

  void stop() {
    timer.cancel();
  }
}
