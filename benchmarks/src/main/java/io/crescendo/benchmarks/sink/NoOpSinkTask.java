package io.crescendo.benchmarks.sink;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Asks for a commit as often as a sink with that rotation would. */
public final class NoOpSinkTask extends SinkTask {

  /** Milliseconds between commits. */
  static final String ROTATION = "rotation.ms";

  private long rotation;
  private long next;

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void start(Map<String, String> props) {
    rotation = Long.parseLong(props.get(ROTATION));
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    long now = System.currentTimeMillis();
    context.timeout(rotation);
    if (now >= next) {
      next = now + rotation;
      context.requestCommit();
    }
  }

  @Override
  public void stop() {
    // nothing was started
  }
}
