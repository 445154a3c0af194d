package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.FaultyEndpoint.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed sink with rotation by the wall clock, under what happens to real ones, once with
 * files of late records that stay open; afterwards each (partition, offset) must lie in the landed
 * Parquet once.
 *
 * <p>{@code -Dcrescendo.sink.kills=20} kills more often than the standard run does.
 */
class SinkKillIT {

  private static final int KILLS = Integer.getInteger("crescendo.sink.kills", 3);
  private static final String GROUP = "kills";

  /** What the sink says of a batch whose requests have used up their retries. */
  private static final Pattern AGAIN = Pattern.compile("wait for the store; trying again in");

  private static final int ROTATION_MILLIS = 300;
  private static final Map<String, String> SETTINGS = Map.of("plugin.discovery", "service_load");

  @TempDir private Path dir;
  private SinkStage stage;
  private ArtistLoad load;

  @BeforeEach
  void start() throws Exception {
    stage = new SinkStage(dir);
    stage.createTopic("t");
    load = new ArtistLoad(stage.bootstrapServers(), "t");
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void landsEveryRecordOnceThoughItsWorkerIsKilled() throws Exception {
    ConnectProcess worker = worker();
    try {
      // the load is of three days, so most files are late ones
      stage.deploy(worker, "t", ROTATION_MILLIS, Map.of("late.data.delay.ms", "1000"));
      for (int kill = 1; kill <= KILLS; kill++) {
        if (kill == KILLS) {
          // dies between landing objects and knowing of them, so that the next must adopt them
          stage.store().become(Mode.LOSES_ANSWERS);
        }
        long before = stage.objects("t");
        CompletableFuture<Void> sending = load.start(20_000);
        Until.reached(() -> stage.objects("t") > before);
        // not always just after a batch has landed
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(kill * 97 % ROTATION_MILLIS));
        worker.kill();
        stage.store().become(Mode.WORKS);
        worker = worker();
        sending.join();
      }
      Until.reached(() -> stage.allLanded(load));
    } finally {
      worker.close();
    }
    LandedRows.assertHold(stage.files("t"), load);
    assertThat(stage.log(GROUP)).contains("; adopted, this file held");
    System.out.printf(
        "%d kills, %d records in %d objects, each once%n", KILLS, load.sent(), stage.objects("t"));
  }

  @Test
  void landsEveryRecordOnceThoughStoreAndBrokerGoAway() throws Exception {
    try (ConnectProcess worker = worker()) {
      stage.deploy(worker, "t", ROTATION_MILLIS, Map.of());
      breakStore(Mode.ANSWERS_503);
      breakStore(Mode.LOSES_ANSWERS);

      load.send(10_000);
      stage.stopBroker();
      stage.startBroker();
      load.send(10_000);

      Until.reached(() -> stage.allLanded(load));
      assertThat(SinkStage.failure(worker)).isEmpty();
    }
    LandedRows.assertHold(stage.files("t"), load);
  }

  /** Until a file has used up its retries, so that its batch has to be uploaded again. */
  private void breakStore(Mode mode) {
    long before = batchesThatFailed();
    CompletableFuture<Void> sending = load.start(10_000);
    stage.store().become(mode);
    Until.reached(() -> batchesThatFailed() > before);
    stage.store().become(Mode.WORKS);
    sending.join();
  }

  private long batchesThatFailed() {
    try {
      return AGAIN.matcher(stage.log(GROUP)).results().count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConnectProcess worker() {
    return stage.worker("4.3", GROUP, SETTINGS);
  }
}
