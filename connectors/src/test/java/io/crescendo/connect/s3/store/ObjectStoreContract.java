package io.crescendo.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the protocol needs of a store. */
interface ObjectStoreContract {

  Map<String, String> METADATA = Map.of("first-offset", "7", "last-offset", "9", "rows", "3");

  /** An empty store. */
  ObjectStore store();

  /** The bytes of an object, by a way of its own. */
  byte[] read(String key) throws Exception;

  @Test
  default void findsThePlaceForItsObjects() {
    assertThatCode(store()::checkPlace).doesNotThrowAnyException();
  }

  @Test
  default void keepsBytesAndMetadata() throws Exception {
    byte[] bytes = bytes(100_000, 1);
    assertThat(store().create("tables/a+0+7.parquet", InMemoryObjectStore.content(bytes), METADATA))
        .isTrue();
    assertThat(read("tables/a+0+7.parquet")).isEqualTo(bytes);
    assertThat(store().metadata("tables/a+0+7.parquet")).contains(METADATA);
  }

  @Test
  default void leavesAnObjectThatExistsAsItIs() throws Exception {
    byte[] first = bytes(1000, 1);
    store().create("key", InMemoryObjectStore.content(first), METADATA);
    boolean again =
        store()
            .create("key", InMemoryObjectStore.content(bytes(1000, 2)), Map.of("last-offset", "1"));
    assertThat(again).isFalse();
    assertThat(read("key")).isEqualTo(first);
    assertThat(store().metadata("key")).contains(METADATA);
  }

  @Test
  default void leavesALargeObjectThatExistsAsItIs() throws Exception {
    byte[] first = bytes(11_000_000, 1);
    assertThat(store().create("large", InMemoryObjectStore.content(first), METADATA)).isTrue();
    boolean again =
        store().create("large", InMemoryObjectStore.content(bytes(11_000_000, 2)), Map.of());
    assertThat(again).isFalse();
    assertThat(read("large")).isEqualTo(first);
    assertThat(store().metadata("large")).contains(METADATA);
  }

  @Test
  default void hasNoMetadataOfAnObjectThatDoesNotExist() {
    assertThat(store().metadata("tables/nothing")).isEmpty();
  }

  @Test
  default void takesKeysThatPartitionsMake() throws Exception {
    String key = "tables/a/genre=r%26b %2F soul/dt=2026-11-22/a+0+0000000007.zstd.parquet";
    store().create(key, InMemoryObjectStore.content(bytes(10, 1)), METADATA);
    assertThat(read(key)).hasSize(10);
    assertThat(store().metadata(key)).contains(METADATA);
  }

  @Test
  default void letsExactlyOneOfSeveralWritersCreateAnObject() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> write =
          () -> store().create("raced", InMemoryObjectStore.content(bytes(5000, 1)), METADATA);
      int winners = 0;
      for (Future<Boolean> f :
          threads.invokeAll(IntStream.range(0, 4).mapToObj(i -> write).toList())) {
        winners += f.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
