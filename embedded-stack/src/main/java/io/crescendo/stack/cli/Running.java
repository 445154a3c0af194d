package io.crescendo.stack.cli;

import io.crescendo.schemas.Terminal;
import io.crescendo.stack.Endpoints;
import io.crescendo.stack.Parts;
import io.crescendo.stack.Pipeline;
import io.crescendo.stack.PipelineSettings;
import io.crescendo.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Exit;

/** A pipeline in the foreground of a terminal: started, kept up, refreshed, ended by Ctrl-C. */
final class Running {

  /**
   * How long Ctrl-C may take; what is not stopped by then is as after a kill, and loses nothing.
   */
  static final Duration STOP_LIMIT = Duration.ofMillis(4_500);

  /** Exit code of a command that Ctrl-C has ended. */
  static final int INTERRUPTED = 130;

  private static final String WHAT_NOW =
      "This ends here. The next start goes on from what was committed, and makes buckets that are missing.";

  static final Duration REFRESH_EVERY = Duration.ofMinutes(1);
  private static final long LOOK_AGAIN_SECONDS = 1;

  private final PrintWriter out;
  private final Duration stopLimit;
  private final Parts parts = new Parts();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private double startSeconds;

  Running(PrintWriter out) {
    this(out, STOP_LIMIT);
  }

  Running(PrintWriter out, Duration stopLimit) {
    this.out = out;
    this.stopLimit = stopLimit;
  }

  /** What a command does with a pipeline. */
  interface Work {
    void on(Pipeline pipeline) throws IOException;
  }

  /** What {@link #run(StartedWork)} runs. */
  interface StartedWork {
    void with(Parts parts) throws IOException;
  }

  PrintWriter out() {
    return out;
  }

  /** How long the start took. */
  double startSeconds() {
    return startSeconds;
  }

  /**
   * Starts a pipeline, does the work, and closes in order, also when the JVM is told to end before.
   *
   * @return exit code
   */
  int run(PipelineSettings settings, Work work) throws IOException {
    Exit.setHaltProcedure(
        (code, message) -> {
          brokerGaveUp(settings.dir());
          Runtime.getRuntime().halt(code);
        });
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "close-pipeline"));
    return run(started -> work.on(start(settings, started)));
  }

  int run(StartedWork work) throws IOException {
    try (parts) {
      work.with(parts);
      return 0;
    } catch (IOException | RuntimeException e) {
      if (stopping.getCount() == 0) {
        // it failed because what it worked on went away
        return INTERRUPTED;
      }
      throw e;
    } finally {
      ended.countDown();
    }
  }

  private Pipeline start(PipelineSettings settings, Parts started) {
    long begun = System.nanoTime();
    say("Starting Kafka, S3, Kafka Connect, the streams app and the page on 127.0.0.1 ...");
    Pipeline pipeline = Pipeline.start(settings, started);
    startSeconds = (System.nanoTime() - begun) / 1e9;
    Endpoints at = pipeline.endpoints();
    say(
        String.format(
            Locale.ROOT,
            "Up after %.1f s: Kafka %s, S3 %s, Connect %s, page %s",
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

  /**
   * Refreshes every minute until the JVM is told to end.
   *
   * @param firstRefresh when for the first time
   * @throws StackException if a part of the pipeline fails
   */
  void untilInterrupted(Pipeline pipeline, Duration firstRefresh) {
    say("");
    say("The page is refreshed every minute. Ctrl-C ends; the data stays for the next start.");
    pipeline.warehouse().refreshEvery(firstRefresh, REFRESH_EVERY, this::say);
    watch(pipeline::failure);
  }

  /** Looks whether something has failed, until told to stop. */
  void watch(Supplier<Optional<String>> failure) {
    try {
      while (!stopping.await(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS)) {
        check(failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void check(Supplier<Optional<String>> failure) {
    failure
        .get()
        .ifPresent(
            why -> {
              throw new StackException(why + System.lineSeparator() + WHAT_NOW);
            });
  }

  /** Closes what runs, from the thread of the JVM's end; returns within the limit in any case. */
  void stop() {
    if (ended.getCount() == 0) {
      return;
    }
    say("");
    say("Stopping ...");
    stopping.countDown();
    Thread closing = new Thread(parts::close, "close-parts");
    closing.setDaemon(true);
    closing.start();
    try {
      // then nothing is in the middle of a start any more, either
      if (!ended.await(stopLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        say("Not everything had stopped in time; the next start goes on from what was committed.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The broker ends the JVM by itself where it cannot write, and tells nobody but its log. */
  void brokerGaveUp(Path dir) {
    say("");
    say(
        "The Kafka broker cannot go on with its data in '%s' (%s); its reason is in %s"
            .formatted(dir, room(dir), dir.resolve("crescendo.log")));
    say(WHAT_NOW);
  }

  private static String room(Path dir) {
    try {
      return "%s MB are free".formatted(Files.getFileStore(dir).getUsableSpace() >> 20);
    } catch (IOException e) {
      return "which is gone";
    }
  }

  /** Tells one line, such as why a refresh failed. */
  void say(String line) {
    out.println(Terminal.harmless(line));
    out.flush();
  }
}
