package io.crescendo.streams;

import io.crescendo.schemas.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Counts what one processor of one task does: as Kafka metrics {@code <what>-rate} and {@code
 * <what>-total} in the group {@code stream-crescendo-metrics}, and in the app's {@link Measures}.
 */
final class Meter implements AutoCloseable {

  private final ProcessorContext<?, ?> context;
  private final Measures measures;
  private final Map<String, Sensor> sensors = new HashMap<>();
  private final Map<Reason, Counter> rejects = new EnumMap<>(Reason.class);
  private final Counter accepted;
  private final Counter late;
  private final Counter home;
  private final Counter repartitioned;

  Meter(ProcessorContext<?, ?> context) {
    this.context = context;
    this.measures = Measures.in(context.appConfigs());
    this.accepted = measures.updates("accepted");
    this.late = measures.updates("late");
    this.home = measures.placements("home");
    this.repartitioned = measures.placements("repartitioned");
  }

  void update(boolean isLate) {
    (isLate ? late : accepted).increment();
    sensor(isLate ? "late" : "accepted");
  }

  void reject(Reason reason) {
    rejects.computeIfAbsent(reason, measures::rejects).increment();
    sensor("rejected-" + reason.code());
  }

  void placement(boolean atHome) {
    (atHome ? home : repartitioned).increment();
    sensor(atHome ? "at-home" : "repartitioned");
  }

  void unknownFields() {
    sensor("with-unknown-fields");
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

  private void sensor(String what) {
    Sensor sensor = sensors.get(what);
    if (sensor == null) {
      sensor =
          context
              .metrics()
              .addRateTotalSensor(
                  "crescendo", context.taskId().toString(), what, Sensor.RecordingLevel.INFO);
      sensors.put(what, sensor);
    }
    sensor.record();
  }

  @Override
  public void close() {
    sensors.values().forEach(context.metrics()::removeSensor);
    sensors.clear();
  }
}
