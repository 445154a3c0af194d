package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory that is too little for the files that share it. */
class TinyFilesTest {

  private static final int PARTITIONS = 1_000;

  @Test
  void warnsOnceThatTheMemoryEndsFilesBeforeTheyAreWorthwhile() {
    assertThat(warnings("1048576"))
        .singleElement()
        .asString()
        .matches(
            "WARN buffer.memory.bytes=1048576 is too little for \\d{3} open files of 1000 topic"
                + " partitions: t-\\d+ lands 1 of them with about \\d{3,5} bytes, before its rotation;"
                + " more memory, or more tasks, make larger files");
  }

  @Test
  void doesNotWarnWhereTheMemoryIsEnough() {
    assertThat(warnings("10485760")).isEmpty();
  }

  private static List<String> warnings(String memory) {
    LocalWorker worker =
        new LocalWorker(
            Landed.properties("flush.size", "1000", "buffer.memory.bytes", memory),
            new InMemoryObjectStore(),
            new SameThread(),
            new ManualClock(),
            false);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      worker.produce(Landed.record(partition, 0, "pop", 1));
    }
    worker.start();
    try (LogLines log = new LogLines(S3ParquetSinkTask.class)) {
      worker.pollAll(1);
      return log.lines();
    }
  }
}
