package io.crescendo.streams;

import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Closes the app when the JVM is told to end, by Ctrl-C or SIGTERM; until it is closed itself.
 *
 * <p>The exit code is 0 where the app ended cleanly. The JVM's own would be that of the signal, 130
 * or 143, which supervisors take for a failure and restart.
 */
final class StopOnSignal implements AutoCloseable {

  private final StreamsApp app;
  private final Thread hook = new Thread(this::stop, "streams-shutdown");

  StopOnSignal(StreamsApp app) {
    this.app = app;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    app.close();
    if (app.state() == State.NOT_RUNNING) {
      Runtime.getRuntime().halt(0);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and the hook runs.
    }
  }
}
