package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crescendo.schemas.GenreFollowers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What Kafka Streams does with the tasks of artists and of genres, by hand, so that commits and
 * crashes come when a test wants them. Each task commits for itself, as each could be on an
 * instance of its own.
 */
final class Instances {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Properties PROPERTIES = StreamsSettings.of(Map.of()).kafkaProperties();
  private static final GenreFamilies FAMILIES = GenreFamilies.shipped();

  private final HomePartition home;
  private final List<Task<Update, GenreParts>> artists = new ArrayList<>();
  private final List<Task<GenreParts, GenreFollowers>> genres = new ArrayList<>();
  private final List<Task<Update, GenreParts>> replacedOwners = new ArrayList<>();
  private final List<GenreFollowers> committed = new ArrayList<>();
  private long clock = 1_000_000_000;

  Instances(int partitions) {
    home = new HomePartition(partitions);
    for (int i = 0; i < partitions; i++) {
      Task<GenreParts, GenreFollowers> task = new Task<>(1, i, committed::add);
      task.addStore(GenreProcessor.PARTS, Serdes.Bytes(), KeptPart.serde());
      task.addStore(GenreProcessor.REPORTS, Serdes.String(), GenreReport.serde());
      task.begin(
          () -> new GenreProcessor(FAMILIES, INTERVAL, partitions, new Activity()),
          parts -> new Record<>(parts.key(), parts, 0));
      genres.add(task);
    }
    for (int i = 0; i < partitions; i++) {
      Task<Update, GenreParts> task = taskOfArtists(i);
      begin(task);
      task.commit();
      artists.add(task);
    }
  }

  private Task<Update, GenreParts> taskOfArtists(int partition) {
    Task<Update, GenreParts> task =
        new Task<>(0, partition, parts -> genres.get(parts.to()).input.add(parts));
    task.addStore(ArtistProcessor.STATE, Serdes.Bytes(), ArtistState.serde());
    task.addStore(ArtistProcessor.MARKERS, Serdes.Bytes(), Serdes.ByteArray());
    return task;
  }

  private void begin(Task<Update, GenreParts> task) {
    task.begin(
        () ->
            new ArtistProcessor(
                FAMILIES, home, new GenreIndexes(), new Activity(), Duration.ofDays(30), INTERVAL),
        update -> new Record<>(update.id().getBytes(UTF_8), update, update.origin().timestamp()));
  }

  void send(Update update) {
    artists.get(home.of(update.id().getBytes(UTF_8))).input.add(update);
  }

  /** Of artists or of genres. */
  Task<?, ?> anyTask(Random random) {
    List<Task<?, ?>> all = Stream.<Task<?, ?>>concat(artists.stream(), genres.stream()).toList();
    return all.get(random.nextInt(all.size()));
  }

  /**
   * The group lost its offset of a partition of genres, which is read again from an earlier one.
   */
  void loseOffset(Random random) {
    Task<?, ?> task = genres.get(random.nextInt(genres.size()));
    task.committed = random.nextInt(task.committed + 1);
    task.crash(random.nextBoolean());
  }

  /**
   * Somebody made the topic between artists and genres anew, whatever was still to be read in it.
   * All instances are stopped for that.
   */
  void recreateTopic() {
    for (Task<?, ?> task : genres) {
      task.input.clear();
      task.committed = 0;
    }
    Stream.concat(artists.stream(), genres.stream()).forEach(task -> task.crash(true));
  }

  /**
   * An owner of artists is replaced before it has told anything, and does not know it. What it
   * tells comes when {@link #replacedOwnersTell} is called.
   */
  void replaceOwner(Random random) {
    int partition = random.nextInt(artists.size());
    Task<Update, GenreParts> replaced = taskOfArtists(partition);
    replaced.restoreFrom(artists.get(partition));
    begin(replaced);
    replaced.passTime();
    replacedOwners.add(replaced);
    artists.get(partition).crash(true);
  }

  void replacedOwnersTell() {
    replacedOwners.forEach(Task::commit);
    replacedOwners.clear();
  }

  /** Lets everything come to an end, without crashes. */
  void finish() {
    artists.forEach(Task::finish);
    replacedOwnersTell();
    genres.forEach(Task::finish);
  }

  /** Committed rows of a genre, in order. */
  List<GenreFollowers> rows(String genre) {
    return committed.stream().filter(row -> row.getGenre().equals(genre)).toList();
  }

  /** A task, with what it reads and what it has committed. */
  final class Task<I, O> {

    private final MockProcessorContext<Object, Object> context;
    private final Consumer<O> output;
    private final List<I> input = new ArrayList<>();
    private final List<SavedStore<?, ?>> stores = new ArrayList<>();
    private Supplier<Processor<byte[], I, ?, ?>> supplier;
    private Function<I, Record<byte[], I>> record;
    private Processor<byte[], I, Object, Object> processor;
    private int position;
    private int committed;

    Task(int subtopology, int partition, Consumer<O> output) {
      this.context =
          new MockProcessorContext<>(PROPERTIES, new TaskId(subtopology, partition), null);
      this.output = output;
    }

    <K, V> void addStore(String name, Serde<K> keys, Serde<V> values) {
      stores.add(new SavedStore<>(TestStores.add(context, name, keys, values), new HashMap<>()));
    }

    void begin(
        Supplier<Processor<byte[], I, ?, ?>> processors, Function<I, Record<byte[], I>> records) {
      supplier = processors;
      record = records;
      initialise(true);
    }

    void restoreFrom(Task<I, O> other) {
      for (int i = 0; i < stores.size(); i++) {
        stores.get(i).restoreFrom(other.stores.get(i));
      }
    }

    void finish() {
      process(Integer.MAX_VALUE);
      passTime();
      passTime();
      commit();
    }

    @SuppressWarnings("unchecked")
    private void initialise(boolean anew) {
      if (anew) {
        processor = (Processor<byte[], I, Object, Object>) supplier.get();
      }
      context.setCurrentSystemTimeMs(clock);
      context.setCurrentStreamTimeMs(-1);
      processor.init(context);
    }

    /** Reads on, at most so many records. */
    void process(int most) {
      for (int i = 0; i < most && position < input.size(); i++) {
        context.setRecordMetadata("input", 0, position);
        processor.process(record.apply(input.get(position++)));
      }
    }

    /** Lets a commit interval pass, and all timers go off that are set. */
    void passTime() {
      passTime(INTERVAL);
    }

    void passTime(Duration time) {
      clock += time.toMillis();
      context.setCurrentSystemTimeMs(clock);
      List.copyOf(context.scheduledPunctuators()).stream()
          .filter(timer -> !timer.cancelled())
          .map(CapturedPunctuator::getPunctuator)
          .forEach(timer -> timer.punctuate(clock));
    }

    @SuppressWarnings("unchecked")
    void commit() {
      stores.forEach(SavedStore::save);
      committed = position;
      context.forwarded().stream()
          .map(forward -> forward.record().value())
          .filter(value -> value instanceof GenreParts || value instanceof GenreFollowers)
          .forEach(value -> output.accept((O) value));
      context.resetForwards();
    }

    /**
     * Back to the last commit.
     *
     * @param takenOver whether another instance goes on, whose clock is behind; else the processor
     *     is used again
     */
    void crash(boolean takenOver) {
      processor.close();
      stores.forEach(SavedStore::restore);
      position = committed;
      context.resetForwards();
      if (takenOver) {
        clock -= 10 * INTERVAL.toMillis();
      }
      initialise(takenOver);
    }
  }

  /** A store, and what it held at the last commit. */
  private record SavedStore<K, V>(KeyValueStore<K, V> store, Map<K, V> rows) {

    void save() {
      rows.clear();
      try (KeyValueIterator<K, V> all = store.all()) {
        all.forEachRemaining(row -> rows.put(row.key, row.value));
      }
    }

    @SuppressWarnings("unchecked")
    void restoreFrom(SavedStore<?, ?> other) {
      ((SavedStore<K, V>) other).rows.forEach(store::put);
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
