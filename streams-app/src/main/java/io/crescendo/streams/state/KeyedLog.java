package io.crescendo.streams.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * Values by key, in a log of segments.
 *
 * <p>Records are appended to the active segment in heap. When it is full, it is written, and
 * sealed: it never changes again. {@link HashIndex} knows the newest record of each key; the other
 * ones are dead, and so are deletions.
 *
 * <p><b>Cleaning.</b> While more than half of the log is dead, the oldest segment is taken away:
 * what of it lives is appended again. Its deletions are not, for nothing older can hold their keys.
 *
 * <p><b>Crashes.</b> A segment is forced to disk before the file of the next one is made, so only
 * the newest can be torn, and what it lost was never flushed. A segment that was cleaned belongs to
 * the log until the header of a newer one on disk says that the log begins behind it, which is only
 * written when all records that were copied are in segments before; and its file is there as long.
 * So the records on disk in the order of the log always give, for each key, what was flushed last
 * or something newer.
 *
 * <p>Damage is found when a log is opened, by the records' checksums; a lookup does not compute
 * them. Not thread-safe. Every method that writes throws {@link ProcessorStateException} if the
 * disk does not take it; then the log is as it was, and may be written to again.
 */
final class KeyedLog implements AutoCloseable {

  /** Sealed segments that are not worth cleaning. */
  private static final int FEW = 3;

  private final SegmentFiles files;
  private final int segmentBytes;
  private final ToLongFunction<byte[]> hash;
  private final HashIndex index = new HashIndex(this::isAt);
  private final List<SealedSegment> sealed = new ArrayList<>();
  private final FlushedEnd flushed;
  private ActiveSegment active;

  /** Bytes of records in sealed segments. */
  private long sealedBytes;

  /** Bytes of records that the index knows. */
  private long liveBytes;

  private KeyedLog(Path directory, int segmentBytes, ToLongFunction<byte[]> hash) {
    this.files = new SegmentFiles(directory);
    this.flushed = FlushedEnd.read(directory);
    this.segmentBytes = segmentBytes;
    this.hash = hash;
  }

  /**
   * Opens the log of a directory, or begins it.
   *
   * @param directory exists
   * @param segmentBytes size of segments, at most {@link Location#MAX_SEGMENT_BYTES}; a record that
   *     is larger has one of its own
   * @param hash of keys; the uppermost bits count
   * @param onLoss called, perhaps more than once, where the log may not hold all that was flushed,
   *     because it is new, its newest segment has no header, it ends in a torn record, or before
   *     {@link FlushedEnd}; if it throws, so does this, and the files stay as they are
   * @throws ProcessorStateException if the files cannot be read, or are damaged
   */
  static KeyedLog open(
      Path directory, int segmentBytes, ToLongFunction<byte[]> hash, Runnable onLoss) {
    KeyedLog log = new KeyedLog(directory, segmentBytes, hash);
    try {
      log.recover(onLoss);
    } catch (RuntimeException e) {
      log.release();
      throw e;
    }
    return log;
  }

  private void recover(Runnable onLoss) {
    List<Long> sequences = files.open(onLoss);
    if (sequences.isEmpty()) {
      onLoss.run();
      active = ActiveSegment.begin(files.file(1), 1, 1, segmentBytes);
      return;
    }
    int last = sequences.size() - 1;
    for (long sequence : sequences.subList(0, last)) {
      SealedSegment segment = SealedSegment.map(files.file(sequence), sequence);
      add(segment);
      int end = index(sequence, segment.bytes(), segment.size());
      if (end < segment.size()) {
        throw files.broken(files.file(sequence), "is damaged at offset " + end);
      }
    }
    Path newest = files.file(sequences.get(last));
    active = ActiveSegment.resume(newest, sequences.get(last), segmentBytes, read(newest));
    int end = index(active.sequence(), active.bytes(), active.size());
    boolean torn = end < active.size();
    if (torn || flushed.isBehind(active.sequence(), end)) {
      onLoss.run();
    }
    if (torn) {
      active.truncate(end);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ProcessorStateException(
          "%s could not be read: %s; the store was not opened".formatted(file, e), e);
    }
  }

  /** Enters the whole records of a segment into the index, and gives the offset behind them. */
  private int index(long sequence, ByteBuffer bytes, int size) {
    int at = SegmentHeader.BYTES;
    while (LogRecord.isWhole(bytes, at, size)) {
      byte[] key = LogRecord.key(bytes, at);
      long location = Location.of(sequence, at);
      enter(hash.applyAsLong(key), key, location, LogRecord.isDeletion(bytes, at));
      at += LogRecord.size(bytes, at);
    }
    return at;
  }

  private void enter(long hashed, byte[] key, long location, boolean deletion) {
    long before = deletion ? index.remove(hashed, key) : index.put(hashed, key, location);
    liveBytes -= before == Location.NONE ? 0 : recordBytes(before);
    liveBytes += deletion ? 0 : recordBytes(location);
  }

  private int recordBytes(long location) {
    return LogRecord.size(segment(location), Location.offset(location));
  }

  private ByteBuffer segment(long location) {
    int number = sealed.isEmpty() ? 0 : Location.segmentsAfter(sealed.get(0).sequence(), location);
    return number < sealed.size() ? sealed.get(number).bytes() : active.bytes();
  }

  private boolean isAt(long location, byte[] key) {
    return LogRecord.hasKey(segment(location), Location.offset(location), key);
  }

  /** How many keys have a value. */
  int size() {
    return index.size();
  }

  /** The value of a key, or null. */
  byte[] get(byte[] key) {
    long location = index.find(hash.applyAsLong(key), key);
    return location == Location.NONE
        ? null
        : LogRecord.value(segment(location), Location.offset(location));
  }

  /** The keys that have a value, in any order. */
  List<byte[]> keys() {
    List<byte[]> keys = new ArrayList<>(index.size());
    index.forEach(
        location -> keys.add(LogRecord.key(segment(location), Location.offset(location))));
    return keys;
  }

  /**
   * Sets the value of a key.
   *
   * @param value null deletes it
   */
  void put(byte[] key, byte[] value) {
    long hashed = hash.applyAsLong(key);
    if (value == null && index.find(hashed, key) == Location.NONE) {
      return;
    }
    int recordBytes = LogRecord.size(key, value);
    while (!active.hasRoom(recordBytes)) {
      roll();
      clean();
    }
    int at = active.append(key, value);
    enter(hashed, key, Location.of(active.sequence(), at), value == null);
  }

  /** Seals the active segment and begins the next. */
  private void roll() {
    add(active.seal());
    files.deleteBefore(active.startOnDisk());
    active = active.next(files.file(active.sequence() + 1), sealed.get(0).sequence());
  }

  private void add(SealedSegment segment) {
    sealed.add(segment);
    sealedBytes += segment.size() - SegmentHeader.BYTES;
  }

  private void clean() {
    while (sealed.size() > FEW && 2 * liveBytes < logBytes()) {
      SealedSegment oldest = sealed.get(0);
      ByteBuffer bytes = oldest.bytes();
      int next;
      for (int at = SegmentHeader.BYTES; at < oldest.size(); at = next) {
        next = at + LogRecord.size(bytes, at);
        copyIfLive(oldest, at);
      }
      files.leave(oldest.sequence());
      sealedBytes -= oldest.size() - SegmentHeader.BYTES;
      sealed.remove(0);
      oldest.close();
    }
  }

  private void copyIfLive(SealedSegment from, int at) {
    long hashed = hash.applyAsLong(LogRecord.key(from.bytes(), at));
    long location = Location.of(from.sequence(), at);
    if (index.has(hashed, location)) {
      if (!active.hasRoom(LogRecord.size(from.bytes(), at))) {
        roll();
      }
      int to = active.append(from.bytes(), at);
      index.move(hashed, location, Location.of(active.sequence(), to));
    }
  }

  private long logBytes() {
    return sealedBytes + active.size() - SegmentHeader.BYTES;
  }

  /**
   * Forces all records to disk. Many calls make no more files than one; the first makes one, even
   * of no records, so that a log that was flushed can be told from one that is gone.
   */
  void flush() {
    active.write();
    flushed.write(active.sequence(), active.size());
    files.deleteBefore(active.startOnDisk());
  }

  /** Flushes and closes; it is closed even if it throws. */
  @Override
  public void close() {
    try {
      flush();
    } finally {
      release();
    }
  }

  private void release() {
    sealed.forEach(SealedSegment::close);
    sealed.clear();
    if (active != null) {
      active.close();
    }
  }
}
