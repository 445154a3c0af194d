package io.crescendo.streams;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * A timer of a processor that goes off once, by the clock, after it was set. While it is not set,
 * an idle app has nothing to commit.
 *
 * <p>Where a task finds its state corrupted, Kafka Streams closes its processors and initialises
 * the same objects again, with the timers of before still set: {@link #cancel} belongs into close.
 */
final class OneShot {

  private final ProcessorContext<?, ?> context;
  private final LongConsumer action;
  private Cancellable timer;

  /**
   * @param action gets the time, milliseconds since the epoch
   */
  OneShot(ProcessorContext<?, ?> context, LongConsumer action) {
    this.context = context;
    this.action = action;
  }

  boolean isSet() {
    return timer != null;
  }

  /** Sets it, or sets it anew; it goes off after a millisecond at the earliest. */
  void set(long millis) {
    cancel();
    timer =
        context.schedule(
            Duration.ofMillis(Math.max(1, millis)),
            PunctuationType.WALL_CLOCK_TIME,
            now -> {
              cancel();
              action.accept(now);
            });
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
