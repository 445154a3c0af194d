package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.protocol.RotationRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Keys about when files end. */
final class RotationKeys {

  private static final String FLUSH_SIZE = "flush.size";
  private static final String FLUSH_BYTES = "flush.bytes";
  private static final String RECORD_TIME = "rotate.interval.ms";
  private static final String SCHEDULE = "rotate.schedule.interval.ms";
  private static final String LATE = "late.data.delay.ms";

  /** Nobody misses a commit, or a row of an earlier day, for so long. */
  private static final long LATE_DEFAULT = Duration.ofSeconds(10).toMillis();

  /** Open files get half of the memory, and take up to twice what they hold. */
  private static final int MEMORY_PER_TARGET = 4;

  private RotationKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            FLUSH_SIZE,
            Type.INT,
            -1,
            Rules.positiveOrOff(),
            Importance.HIGH,
            "Records of a topic partition after which its files are landed, so no file has more rows; -1 for any number.")
        .define(
            FLUSH_BYTES,
            Type.LONG,
            -1L,
            Rules.positiveOrOff(),
            Importance.HIGH,
            "Target size of a file in bytes: once a file of a topic partition holds so much, counting"
                + " what is compressed already as it is, all its files are landed; -1 for any size."
                + " At most a quarter of "
                + TaskKeys.BUFFER
                + ", which a task's topic partitions share: where many fill files at once, the memory"
                + " is full before they have the size.")
        .define(
            RECORD_TIME,
            Type.LONG,
            -1L,
            Range.atLeast(-1L),
            Importance.HIGH,
            "Span of record time, in milliseconds, after which files are landed; -1 or 0 for any. Record"
                + " time is the newest timestamp of the topic partition so far, so late records"
                + " neither begin nor end a file, and a timestamp from the future counts as one such"
                + " span ahead of the clock; on an idle topic the clock stands in for it.")
        .define(
            SCHEDULE,
            Type.LONG,
            -1L,
            Range.atLeast(-1L),
            Importance.MEDIUM,
            "Interval of the wall clock, in milliseconds from midnight in "
                + LayoutKeys.ZONE
                + ", at which files are landed; -1 or 0 for none.")
        .define(
            LATE,
            Type.LONG,
            LATE_DEFAULT,
            Range.atLeast(-1L),
            Importance.MEDIUM,
            "How long files of late records may stay open while others are landed, in milliseconds,"
                + " so that a few late records make few files; -1 or 0: they land with the others."
                + " Late are records of earlier directories than the newest, by time, so it needs a"
                + " partitioner that goes by time; and it must be longer than "
                + RECORD_TIME
                + " and "
                + SCHEDULE
                + ". They land sooner if the memory is full, or on an idle topic. The offset is not committed"
                + " before, so as much is read again after a restart; what has landed does not land"
                + " again, which needs "
                + StoreKeys.CONDITIONAL
                + ". Where it is not set and any of that does not hold, they land with the others.");
  }

  static void check(Values values) {
    if (values.fine(FLUSH_BYTES, TaskKeys.BUFFER)
        && values.number(FLUSH_BYTES) > values.number(TaskKeys.BUFFER) / MEMORY_PER_TARGET) {
      values.problem(
          FLUSH_BYTES,
          "must be at most a quarter of %s, which is %s, or the memory is full before a file is;"
                  .formatted(TaskKeys.BUFFER, values.number(TaskKeys.BUFFER))
              + " got "
              + values.number(FLUSH_BYTES));
    }
    checkLate(values);
    if (!values.fine(FLUSH_SIZE, FLUSH_BYTES, RECORD_TIME, SCHEDULE)) {
      return;
    }
    if (values.number(FLUSH_BYTES) < 1
        && values.integer(FLUSH_SIZE) < 1
        && values.number(RECORD_TIME) < 1
        && values.number(SCHEDULE) < 1) {
      values.problem(
          FLUSH_SIZE,
          "must be set where none of %s, %s and %s is: nothing would land until the memory is full"
              .formatted(FLUSH_BYTES, RECORD_TIME, SCHEDULE));
    }
  }

  private static void checkLate(Values values) {
    if (values.configured(LATE) && values.fine(LATE) && values.number(LATE) > 0) {
      againstLate(values).forEach(rule -> values.problem(LATE, rule));
    }
  }

  /** What keeps files of late records from staying open. */
  private static List<String> againstLate(Values values) {
    List<String> rules = new ArrayList<>();
    if (!LayoutKeys.byTime(values)) {
      rules.add("must go with a partitioner that goes by time, which says what is late");
    }
    if (values.fine(StoreKeys.CONDITIONAL) && !values.flag(StoreKeys.CONDITIONAL)) {
      rules.add(
          "must be off with %s=false: what lands in the meantime would land again after a restart"
              .formatted(StoreKeys.CONDITIONAL));
    }
    for (String interval : List.of(RECORD_TIME, SCHEDULE)) {
      if (values.fine(interval)
          && values.number(interval) > 0
          && values.number(LATE) <= values.number(interval)) {
        rules.add(
            "must be longer than %s, which is %s, or no file could wait for another rotation; got %s"
                .formatted(interval, values.number(interval), values.number(LATE)));
      }
    }
    return rules;
  }

  static long lateMillis(Values values) {
    boolean holds = values.configured(LATE) || againstLate(values).isEmpty();
    return holds ? Math.max(0, values.number(LATE)) : 0;
  }

  static RotationRules read(Values values) {
    return new RotationRules(
        Math.max(0, values.integer(FLUSH_SIZE)),
        Math.max(0, values.number(FLUSH_BYTES)),
        Math.max(0, values.number(RECORD_TIME)),
        Math.max(0, values.number(SCHEDULE)),
        LayoutKeys.zone(values));
  }
}
