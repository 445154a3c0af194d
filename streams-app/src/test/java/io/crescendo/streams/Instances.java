package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crescendo.schemas.GenreFollowers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What Kafka Streams does with one task of artists and some of genres, by hand, so that commits and
 * crashes come when a test wants them. All tasks commit together, as those of one thread do.
 */
final class Instances {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final HomePartition home;
  private final MockProcessorContext<byte[], Object> artistContext = context();
  private final List<MockProcessorContext<String, GenreFollowers>> genreContexts =
      new ArrayList<>();
  private final List<SavedStore<?, ?>> stores = new ArrayList<>();
  private final List<List<GenreChange>> onTheirWay = new ArrayList<>();
  private final List<GenreFollowers> committed = new ArrayList<>();
  private ArtistProcessor artists;
  private final List<GenreProcessor> genres = new ArrayList<>();
  private long clock = 1_000_000;

  /** Offsets: updates, then changes of each partition, read and written. */
  private int updates;

  private final int[] counted;
  private int committedUpdates;
  private int[] committedCounted;
  private int[] committedOnTheirWay;

  Instances(int partitions) {
    home = new HomePartition(partitions);
    counted = new int[partitions];
    addStore(artistContext, ArtistProcessor.STATE, Serdes.Bytes(), ArtistState.serde());
    addStore(artistContext, ArtistProcessor.MARKERS, Serdes.Bytes(), Serdes.ByteArray());
    for (int i = 0; i < partitions; i++) {
      MockProcessorContext<String, GenreFollowers> context = context();
      addStore(context, GenreProcessor.TOTALS, Serdes.String(), GenreTotal.serde());
      addStore(context, GenreProcessor.RANKING, Serdes.Bytes(), Serdes.ByteArray());
      genreContexts.add(context);
      onTheirWay.add(new ArrayList<>());
    }
    newProcessors();
    initialise();
    commit();
  }

  /** How many updates were processed, and not rolled back. */
  int updates() {
    return updates;
  }

  void update(Update update) {
    byte[] key = update.id().getBytes(UTF_8);
    artists.process(new Record<>(key, update, update.origin().timestamp()));
    updates++;
    for (var forward : artistContext.forwarded(ArtistTopology.CHANGES)) {
      GenreChange change = (GenreChange) forward.record().value();
      onTheirWay.get(home.of((byte[]) forward.record().key())).add(change);
    }
    artistContext.resetForwards();
  }

  /** Lets a partition of genres read changes, at most so many. */
  void count(int partition, int most) {
    List<GenreChange> changes = onTheirWay.get(partition);
    for (int i = 0; i < most && counted[partition] < changes.size(); i++) {
      genreContexts.get(partition).setRecordMetadata("changes", partition, counted[partition]);
      GenreChange change = changes.get(counted[partition]++);
      genres.get(partition).process(new Record<>(change.key(), change, 0));
    }
  }

  /**
   * The group lost its offset of a partition of genres, which is read again from an earlier one.
   */
  void loseOffset(int partition, Random random) {
    counted[partition] = random.nextInt(counted[partition] + 1);
  }

  /**
   * Somebody made the topic of changes anew, all of which had been read: its offsets start over.
   */
  void recreateTopic() {
    for (int partition = 0; partition < counted.length; partition++) {
      count(partition, Integer.MAX_VALUE);
    }
    commit();
    onTheirWay.forEach(List::clear);
    Arrays.fill(counted, 0);
    commit();
  }

  /** Lets an interval pass on all partitions. */
  void report() {
    clock += INTERVAL.toMillis();
    for (MockProcessorContext<String, GenreFollowers> context : genreContexts) {
      context.setCurrentSystemTimeMs(clock);
      List.copyOf(context.scheduledPunctuators()).stream()
          .filter(timer -> !timer.cancelled())
          .map(CapturedPunctuator::getPunctuator)
          .forEach(timer -> timer.punctuate(clock));
    }
  }

  void commit() {
    stores.forEach(SavedStore::save);
    committedUpdates = updates;
    committedCounted = counted.clone();
    committedOnTheirWay = onTheirWay.stream().mapToInt(List::size).toArray();
    for (MockProcessorContext<String, GenreFollowers> context : genreContexts) {
      context.forwarded().forEach(forward -> committed.add(forward.record().value()));
      context.resetForwards();
    }
  }

  /**
   * Back to the last commit.
   *
   * @param takenOver whether another instance goes on, whose clock is behind; else the processors
   *     are used again
   */
  void crash(boolean takenOver) {
    artists.close();
    genres.forEach(GenreProcessor::close);
    stores.forEach(SavedStore::restore);
    updates = committedUpdates;
    for (int i = 0; i < counted.length; i++) {
      counted[i] = committedCounted[i];
      onTheirWay.get(i).subList(committedOnTheirWay[i], onTheirWay.get(i).size()).clear();
    }
    artistContext.resetForwards();
    genreContexts.forEach(MockProcessorContext::resetForwards);
    if (takenOver) {
      clock -= 10 * INTERVAL.toMillis();
      newProcessors();
    }
    initialise();
  }

  /** Committed rows of a genre, in order. */
  List<GenreFollowers> rows(String genre) {
    return committed.stream().filter(row -> row.getGenre().equals(genre)).toList();
  }

  private void newProcessors() {
    GenreFamilies families = GenreFamilies.shipped();
    artists = new ArtistProcessor(families, home, Duration.ofDays(30), INTERVAL);
    genres.clear();
    genreContexts.forEach(context -> genres.add(new GenreProcessor(families, INTERVAL)));
  }

  private void initialise() {
    artistContext.setCurrentSystemTimeMs(clock);
    artists.init(artistContext);
    for (int i = 0; i < genres.size(); i++) {
      genreContexts.get(i).setCurrentSystemTimeMs(clock);
      genres.get(i).init(genreContexts.get(i));
    }
  }

  private static <K, V> MockProcessorContext<K, V> context() {
    return new MockProcessorContext<>(
        StreamsSettings.of(Map.of()).kafkaProperties(), new TaskId(0, 0), null);
  }

  private <K, V> void addStore(
      MockProcessorContext<?, ?> context, String name, Serde<K> keys, Serde<V> values) {
    KeyValueStore<K, V> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    stores.add(new SavedStore<>(store, new HashMap<>()));
  }

  /** A store, and what it held at the last commit. */
  private record SavedStore<K, V>(KeyValueStore<K, V> store, Map<K, V> rows) {

    void save() {
      rows.clear();
      try (KeyValueIterator<K, V> all = store.all()) {
        all.forEachRemaining(row -> rows.put(row.key, row.value));
      }
    }

    void restore() {
      List<KeyValue<K, V>> uncommitted = new ArrayList<>();
      try (KeyValueIterator<K, V> all = store.all()) {
        all.forEachRemaining(uncommitted::add);
      }
      uncommitted.forEach(row -> store.delete(row.key));
      rows.forEach(store::put);
    }
  }
}
