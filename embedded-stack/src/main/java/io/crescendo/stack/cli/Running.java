package io.crescendo.stack.cli;

import io.crescendo.stack.Endpoints;
import io.crescendo.stack.Pipeline;
import io.crescendo.stack.PipelineSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A pipeline in the foreground of a terminal: started, kept up, refreshed, ended by Ctrl-C. */
final class Running {

  private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);

  private final PrintWriter out;
  private double startSeconds;
  private volatile boolean up;

  Running(PrintWriter out) {
    this.out = out;
  }

  PrintWriter out() {
    return out;
  }

  /** How long the start took. */
  double startSeconds() {
    return startSeconds;
  }

  /** Starts a pipeline that also closes in order when the JVM is told to end. */
  Pipeline start(PipelineSettings settings) {
    long begun = System.nanoTime();
    say("Starting Kafka, S3, Kafka Connect, the streams app and the page on 127.0.0.1 ...");
    Pipeline pipeline = Pipeline.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(pipeline), "close-pipeline"));
    startSeconds = (System.nanoTime() - begun) / 1e9;
    Endpoints at = pipeline.endpoints();
    say(
        "Up after %.1f s: Kafka %s, S3 %s, Connect %s, page %s"
            .formatted(
                startSeconds,
                at.bootstrapServers(),
                at.s3Endpoint(),
                at.connectUrl(),
                at.pageUrl()));
    say(
        "Totals as they are now: %s/genres, %s/openapi.json"
            .formatted(pipeline.questions(), pipeline.questions()));
    say("Data and log are in " + settings.dir());
    return pipeline;
  }

  /** Refreshes every minute until the JVM is told to end. */
  void untilInterrupted(Pipeline pipeline) {
    say("");
    say("The page is refreshed every minute. Ctrl-C ends; the data stays for the next start.");
    pipeline.warehouse().refreshEvery(REFRESH_EVERY, problem -> say(problem));
    up = true;
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(Pipeline pipeline) {
    if (up) {
      say("");
      say("Stopping ...");
    }
    pipeline.close();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
