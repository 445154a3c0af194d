package io.crescendo.streams;

import io.crescendo.schemas.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Counts what one processor of one task does, in the app's {@link Measures}. */
final class Meter {

  private final ProcessorContext<?, ?> context;
  private final Measures measures;
  private final Map<Reason, Counter> rejects = new EnumMap<>(Reason.class);
  private final Counter accepted;
  private final Counter late;
  private final Counter home;
  private final Counter repartitioned;
  private final Counter unknownFields;

  Meter(ProcessorContext<?, ?> context) {
    this.context = context;
    this.measures = Measures.in(context.appConfigs());
    this.accepted = measures.updates("accepted");
    this.late = measures.updates("late");
    this.home = measures.placements("home");
    this.repartitioned = measures.placements("repartitioned");
    this.unknownFields = measures.unknownFields();
  }

  void update(boolean isLate) {
    (isLate ? late : accepted).increment();
  }

  void reject(Reason reason) {
    rejects.computeIfAbsent(reason, measures::rejects).increment();
  }

  void placement(boolean atHome) {
    (atHome ? home : repartitioned).increment();
  }

  void unknownFields() {
    unknownFields.increment();
  }

  /** A clock for {@link #since}. */
  Timer latency(String output) {
    return measures.latency(output);
  }

  /** Records how long ago a record was published. */
  void since(long timestamp, Timer latency) {
    long passed = context.currentSystemTimeMs() - timestamp;
    latency.record(Math.max(0, passed), TimeUnit.MILLISECONDS);
  }
}
