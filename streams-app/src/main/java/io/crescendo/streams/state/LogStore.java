package io.crescendo.streams.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A {@link KeyedLog} in {@code log/<name>} below the task's directory, as Kafka Streams wants it.
 *
 * <p>One thread writes; any others may read meanwhile, also while it is closed: then, and whenever
 * it is not open, they get InvalidStateStoreException. Readers wait while segments are forced to
 * disk.
 *
 * <p>It does not manage offsets: Kafka Streams keeps them in {@code .checkpoint_<name>} beside it,
 * which it writes after a {@link #commit} that this store has forced to disk.
 */
final class LogStore implements KeyValueStore<Bytes, byte[]> {

  private static final String CHECKPOINT = ".checkpoint";

  private final String name;
  private final int segmentBytes;
  private final Position position = Position.emptyPosition();
  private KeyedLog log;
  private volatile boolean open;

  /**
   * @param name also of its directory
   * @param segmentBytes size of segments
   */
  LogStore(String name, int segmentBytes) {
    this.name = name;
    this.segmentBytes = segmentBytes;
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Opens the store, or makes it.
   *
   * @throws TaskCorruptedException if Kafka Streams has offsets of the store, but the store is
   *     gone, or has lost its end
   * @throws ProcessorStateException if files cannot be read or written, or are damaged
   */
  @Override
  public void init(StateStoreContext context, StateStore root) {
    open(context.taskId(), context.stateDir().toPath());
    context.register(root, (BatchingStateRestoreCallback) this::restore);
  }

  private synchronized void open(TaskId task, Path taskDirectory) {
    Path directory = taskDirectory.resolve("log").resolve(name);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new ProcessorStateException(
          "%s could not be made: %s; the store was not opened".formatted(directory, e), e);
    }
    log =
        KeyedLog.open(
            directory, segmentBytes, KeyHash::of, () -> forgetOffsets(task, taskDirectory));
    open = true;
  }

  /**
   * Makes sure that a store which may not have all that was flushed is restored from the beginning
   * of its changelog: a checkpoint would say that what is gone need not be read again.
   *
   * <p>When this is called, Kafka Streams may have read the store's checkpoint already, so that
   * only the next attempt to open the task can do without. Of the checkpoint of the whole task,
   * which Kafka Streams before 4.3 leaves, the other stores' offsets are lost, too; that costs time
   * only.
   */
  private void forgetOffsets(TaskId task, Path taskDirectory) {
    boolean forgot = false;
    for (String file : List.of(CHECKPOINT + "_" + name, CHECKPOINT)) {
      Path checkpoint = taskDirectory.resolve(file);
      try {
        forgot |= Files.deleteIfExists(checkpoint);
      } catch (IOException e) {
        throw new ProcessorStateException(
            "%s could not be deleted, but 'log/%s' may have lost its end: %s; the store was not opened"
                .formatted(checkpoint, name, e),
            e);
      }
    }
    if (forgot) {
      throw new TaskCorruptedException(
          Set.of(task),
          new ProcessorStateException(
              "%s has a checkpoint, but 'log/%s' may have lost its end; its checkpoints were removed, and store '%s' is restored from its changelog"
                  .formatted(taskDirectory, name, name)));
    }
  }

  private synchronized void restore(Collection<KeyValue<byte[], byte[]>> records) {
    KeyedLog opened = requireOpen();
    records.forEach(record -> opened.put(record.key, record.value));
  }

  private KeyedLog requireOpen() {
    if (!open) {
      throw new InvalidStateStoreException("Store %s is not open".formatted(name));
    }
    return log;
  }

  @Override
  public synchronized byte[] get(Bytes key) {
    return requireOpen().get(key.get());
  }

  @Override
  public synchronized void put(Bytes key, byte[] value) {
    requireOpen().put(key.get(), value);
  }

  @Override
  public synchronized byte[] putIfAbsent(Bytes key, byte[] value) {
    byte[] before = get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public synchronized void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public synchronized byte[] delete(Bytes key) {
    byte[] before = get(key);
    put(key, null);
    return before;
  }

  /** How many keys there are, exactly. */
  @Override
  public synchronized long approximateNumEntries() {
    return requireOpen().size();
  }

  /**
   * The keys of now, in any order, each with the value that it has when it is reached; those that
   * are deleted until then are left out. Takes memory for all keys.
   */
  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> all() {
    return new KeysOfThen(requireOpen().keys(), this::get);
  }

  /** Unsupported, as are the other ranges: keys have no order here. */
  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    throw noOrder();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
    throw noOrder();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseAll() {
    throw noOrder();
  }

  @Override
  public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(
      P prefix, S prefixSerializer) {
    throw noOrder();
  }

  private UnsupportedOperationException noOrder() {
    return new UnsupportedOperationException(
        "Store %s finds values by key only: it knows get and all, but no ranges".formatted(name));
  }

  /**
   * Forces everything to disk; does nothing on a store that is closed.
   *
   * @param changelogOffsets not used, see above
   */
  @Override
  public synchronized void commit(Map<TopicPartition, Long> changelogOffsets) {
    if (open) {
      log.flush();
    }
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka Streams calls commit; what else flushes means that.
  public void flush() {
    commit(Map.of());
  }

  /** Forces everything to disk; it is closed even if that fails. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      log.close();
    }
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Always empty: the store takes no part in the bounded queries of IQv2. */
  @Override
  public Position getPosition() {
    return position;
  }
}
