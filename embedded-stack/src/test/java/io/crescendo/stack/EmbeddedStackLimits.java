package io.crescendo.stack;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** What the parts of a pipeline are told about their end, for tests of other packages. */
public final class EmbeddedStackLimits {

  private EmbeddedStackLimits() {}

  /** How long the parts that wait for something may take to stop, one after the other. */
  public static Duration stop() {
    String tasks =
        EmbeddedConnect.properties("127.0.0.1:1", URI.create("http://127.0.0.1:1"), Map.of())
            .get("task.shutdown.graceful.timeout.ms");
    return Pipeline.STREAMS_STOP.plusMillis(Long.parseLong(tasks));
  }
}
