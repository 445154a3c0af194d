package io.crescendo.streams.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogStoreTest {

  private static final TaskId TASK = new TaskId(0, 3);

  @TempDir private Path task;
  private LogStore store;

  @BeforeEach
  void make() {
    store = new LogStore("artists", 512);
    init();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void init() {
    store.init(
        new MockProcessorContext<>(new Properties(), TASK, task.toFile()).getStateStoreContext(),
        store);
  }

  private void reopen() {
    store.close();
    init();
  }

  private void reopen(int segmentBytes) {
    store.close();
    store = new LogStore("artists", segmentBytes);
    init();
  }

  private static Bytes key(int i) {
    return Bytes.wrap(("key " + i).getBytes(UTF_8));
  }

  private static byte[] value(int i) {
    return ("value " + i).getBytes(UTF_8);
  }

  private Map<Bytes, String> all() {
    Map<Bytes, String> found = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
      rows.forEachRemaining(
          row -> assertThat(found.put(row.key, new String(row.value, UTF_8))).isNull());
    }
    return found;
  }

  @Test
  void doesWhatAKeyValueStoreDoes() {
    store.put(key(1), value(1));
    assertThat(store.putIfAbsent(key(1), value(2))).isEqualTo(value(1));
    assertThat(store.putIfAbsent(key(2), value(2))).isNull();
    assertThat(store.putIfAbsent(key(3), null)).isNull();
    store.putAll(List.of(KeyValue.pair(key(4), value(4)), KeyValue.pair(key(1), value(9))));
    assertThat(store.delete(key(4))).isEqualTo(value(4));
    assertThat(store.delete(key(4))).isNull();
    assertThat(store.approximateNumEntries()).isEqualTo(2);
    assertThat(all()).isEqualTo(Map.of(key(1), "value 9", key(2), "value 2"));
    store.put(key(2), null);
    reopen();
    assertThat(all()).isEqualTo(Map.of(key(1), "value 9"));
    assertThat(store.get(key(2))).isNull();
  }

  @Test
  void goesOnWithSegmentsOfAnotherSize() {
    reopen(LogStores.MAX_SEGMENT_BYTES);
    for (int i = 0; i < 100; i++) {
      store.put(key(i), value(i));
    }
    reopen(512);
    store.put(key(100), value(100));
    reopen(LogStores.MAX_SEGMENT_BYTES);
    store.put(key(0), value(0));
    reopen();
    assertThat(all()).hasSize(101);
    assertThat(store.get(key(99))).isEqualTo(value(99));
    assertThat(task.resolve("log/artists"))
        .isDirectoryContaining("glob:**.seg")
        .satisfies(d -> assertThat(d.toFile().list((x, n) -> n.endsWith(".seg"))).hasSize(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, LogStores.MAX_SEGMENT_BYTES + 1})
  void refusesSegmentsOfSizesThatItsIndexCannotTellApart(int bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogStores.keyValueStore("x", bytes))
        .withMessage("segments must have 4096 to 4194304 bytes, got " + bytes);
  }

  @Test
  void saysWhatItIs() {
    assertThat(store.name()).isEqualTo("artists");
    assertThat(store.persistent()).isTrue();
    assertThat(store.isOpen()).isTrue();
    assertThat(store.getPosition().isEmpty()).isTrue();
    assertThat(task.resolve("log/artists")).isDirectory();
    assertThat(LogStores.keyValueStore("x", 1 << 20).metricsScope()).isEqualTo("log");
    assertThat(LogStores.keyValueStore("x", 1 << 20).name()).isEqualTo("x");
    assertThat(LogStores.keyValueStore("x", 1 << 20).get().name()).isEqualTo("x");
  }

  @Test
  void knowsNoRanges() {
    assertNoOrder(() -> store.range(key(1), key(2)));
    assertNoOrder(() -> store.reverseRange(key(1), key(2)));
    assertNoOrder(store::reverseAll);
    assertNoOrder(() -> store.prefixScan("k", new StringSerializer()));
  }

  private static void assertNoOrder(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("Store artists finds values by key only: it knows get and all, but no ranges");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/a", "a\\b"})
  void refusesANameThatIsNoDirectorys(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogStores.keyValueStore(name, 1 << 20))
        .withMessage(
            "name of a store must be one of a directory, without separators, got '" + name + "'");
  }

  @Test
  void throwsWhatKafkasStoresThrowWhenItIsNotOpen() {
    KeyValueIterator<Bytes, byte[]> rows = rowsOfOneKey();
    store.close();
    store.close();
    store.commit(Map.of());
    store.flush();
    assertThat(store.isOpen()).isFalse();
    for (Runnable call :
        List.<Runnable>of(
            () -> store.get(key(1)),
            () -> store.put(key(1), value(1)),
            () -> store.delete(key(1)),
            () -> store.putIfAbsent(key(1), value(1)),
            store::approximateNumEntries,
            store::all,
            rows::next)) {
      assertThatThrownBy(call::run)
          .isInstanceOf(InvalidStateStoreException.class)
          .hasMessage("Store artists is not open");
    }
  }

  private KeyValueIterator<Bytes, byte[]> rowsOfOneKey() {
    store.put(key(1), value(1));
    return store.all();
  }

  @Test
  void listsTheKeysOfThenWithTheValuesOfNow() {
    for (int i = 0; i < 100; i++) {
      store.put(key(i), value(i));
    }
    List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> iterator = store.all()) {
      Bytes first = iterator.peekNextKey();
      assertThat(iterator.peekNextKey()).isEqualTo(first);
      for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 100; i++) {
          store.put(key(i), i % 2 == 0 ? value(-i) : null);
        }
        store.put(key(1_000 + round), value(round));
      }
      iterator.forEachRemaining(rows::add);
      assertThat(rows.get(0).key).isEqualTo(first);
      assertThat(rows.subList(1, rows.size()))
          .allMatch(row -> store.get(row.key) != null)
          .hasSizeBetween(49, 50);
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void answersReadersWhileItIsWrittenCleanedFlushedAndClosed() throws Exception {
    KeyValueStore<Bytes, byte[]> read = store;
    for (int i = 0; i < 50; i++) {
      store.put(key(i), value(i));
    }
    AtomicInteger answers = new AtomicInteger();
    ExecutorService readers = Executors.newFixedThreadPool(3);
    List<Future<?>> reading = new ArrayList<>();
    for (int reader = 0; reader < 3; reader++) {
      reading.add(readers.submit(() -> readUntilClosed(read, answers)));
    }
    for (int round = 0; round < 200 || answers.get() < 1_000; round++) {
      for (int i = 0; i < 50; i++) {
        store.put(key(i), value(i));
      }
      if (round % 10 == 0) {
        store.commit(Map.of());
      }
    }
    store.close();
    for (Future<?> result : reading) {
      result.get();
    }
    readers.shutdown();
  }

  private static void readUntilClosed(KeyValueStore<Bytes, byte[]> store, AtomicInteger answers) {
    try {
      for (int i = 0; ; i = (i + 1) % 50) {
        assertThat(store.get(key(i))).isEqualTo(value(i));
        answers.incrementAndGet();
      }
    } catch (InvalidStateStoreException closed) {
      assertThat(closed).hasMessage("Store artists is not open");
    }
  }

  @Test
  void outlivesInterruptsOfReadersAndWriters() {
    for (int i = 0; i < 500; i++) {
      Thread.currentThread().interrupt();
      store.put(key(i), value(i));
      store.put(key(i / 2), value(i / 2));
      assertThat(store.get(key(i / 3))).isEqualTo(value(i / 3));
      store.commit(Map.of());
    }
    reopen();
    assertThat(Thread.interrupted()).isTrue();
    for (int i = 0; i < 500; i++) {
      assertThat(store.get(key(i))).isEqualTo(value(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".checkpoint", ".checkpoint_artists"})
  void isRestoredFromTheBeginningWhenKafkaHasOffsetsOfAStoreThatIsGone(String checkpoint)
      throws IOException {
    store.close();
    Utils.delete(task.resolve("log").toFile());
    expectRestoration(checkpoint);
  }

  @Test
  void isRestoredFromTheBeginningWhenKafkaHasOffsetsOfSegmentsThatAreGone() throws IOException {
    store.close();
    Files.delete(segment());
    expectRestoration(".checkpoint_artists");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 23, 24, 25, 40})
  void isRestoredFromTheBeginningWhenKafkaHasOffsetsOfAnEndThatIsGone(int lost) throws IOException {
    store.put(key(1), value(1));
    store.close();
    byte[] content = Files.readAllBytes(segment());
    assertThat(content).hasSize(40);
    Files.write(segment(), Arrays.copyOf(content, content.length - lost));
    expectRestoration(".checkpoint_artists");
    assertThat(store.get(key(1))).isNull();
  }

  /** Once it refuses to open; then there are no offsets any more, and it opens. */
  private void expectRestoration(String checkpoint) throws IOException {
    Files.writeString(task.resolve(checkpoint), "0\n1\napp-artists-changelog 3 100\n");
    assertThatThrownBy(this::init)
        .isInstanceOfSatisfying(
            TaskCorruptedException.class, e -> assertThat(e.corruptedTasks()).containsExactly(TASK))
        .hasRootCauseMessage(
            "%s has a checkpoint, but 'log/artists' may have lost its end; its checkpoints were removed, and store 'artists' is restored from its changelog"
                .formatted(task));
    assertThat(store.isOpen()).isFalse();
    assertThat(task.resolve(checkpoint)).doesNotExist();
    init();
    assertThat(store.isOpen()).isTrue();
  }

  private Path segment() {
    return task.resolve("log/artists/0000000000000001.seg");
  }

  @Test
  void keepsTheCheckpointOfAStoreThatIsThere() throws IOException {
    Path checkpoint = Files.writeString(task.resolve(".checkpoint_artists"), "0\n0\n");
    reopen();
    assertThat(checkpoint).exists();
  }
}
