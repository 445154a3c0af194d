package io.crescendo.connect.s3.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The protocol's state for one topic partition: what is filling, what is being landed, what is
 * known to be in the store, and up to where offsets may be committed.
 *
 * <p>Files fill while at most one set of others, sealed before, is being landed. Two at once would
 * break the chain of a lane: a later link could land before an earlier one.
 *
 * <p>Deterministic, without I/O or clock. Not thread-safe.
 */
public final class PartitionLedger {

  private final Map<Lane, Extent> filling = new LinkedHashMap<>();

  /** Last offset in the store by lane, for objects that reach past {@link #committable}. */
  private final Map<Lane, Long> covered = new HashMap<>();

  /** The largest of {@link #covered}; -1 for none. */
  private long farthest = -1;

  private Sealed sealed;
  private long base;
  private long position;

  /**
   * Whether another writer has been here, so that its further objects are likely. Asking for each
   * object before filling a file costs a request, but makes a replay over a thousand objects read
   * the topic once instead of a thousand times.
   */
  private boolean probing;

  /** Whether asking has found an object since the last {@link #seal}. */
  private boolean met;

  /**
   * @param start offset of the first record; everything before it is committed
   */
  public PartitionLedger(long start) {
    base = start;
    position = start;
  }

  /** Offset after the last record taken in; a record below it has been seen. */
  public long position() {
    return position;
  }

  /** Offset from which the partition is read again should the batch be lost. */
  public long base() {
    return base;
  }

  /**
   * Takes in a record.
   *
   * @throws IllegalArgumentException if its offset has been taken in before
   */
  public Fate offer(long offset, Lane lane) {
    begin(offset);
    if (offset <= farthest && covers(lane, offset)) {
      position = offset + 1;
      return Fate.LANDED;
    }
    Extent extent = filling.get(lane);
    if (extent == null) {
      if (probing) {
        return Fate.ASK;
      }
      extent = new Extent(offset);
      filling.put(lane, extent);
    }
    extent.add(offset);
    position = offset + 1;
    return Fate.WRITE;
  }

  /**
   * Takes in a record that was answered with {@link Fate#ASK}.
   *
   * @param last last offset of the object named after the record; empty if there is none
   * @return {@link Fate#WRITE} or {@link Fate#LANDED}
   */
  public Fate answer(long offset, Lane lane, OptionalLong last) {
    begin(offset);
    position = offset + 1;
    if (last.isPresent()) {
      met = true;
      cover(lane, offset, last.getAsLong());
      return Fate.LANDED;
    }
    Extent extent = new Extent(offset);
    extent.add(offset);
    filling.put(lane, extent);
    return Fate.WRITE;
  }

  /** Takes in a record that makes no row, such as a tombstone that is ignored. */
  public void pass(long offset) {
    begin(offset);
    position = offset + 1;
  }

  /**
   * Ends the filling batch, or files of it. Every file is then to be created in the store, and
   * reported with {@link #created} or {@link #found}; then {@link #settle} says how to go on.
   *
   * <p>Some files may stay open, and so does their batch then: nothing of it is committed before
   * they have landed, too. What has landed meanwhile are links of other lanes, which whoever reads
   * the batch again meets at their first rows, one after the other.
   *
   * @param staying lanes whose files stay open
   * @throws IllegalStateException if the files before have not been settled
   */
  public List<FileRange> seal(Set<Lane> staying) {
    if (sealed != null) {
      throw new IllegalStateException("The files before offset " + sealed.end + " are not settled");
    }
    List<FileRange> files = new ArrayList<>(filling.size());
    filling.forEach(
        (lane, e) -> {
          if (!staying.contains(lane)) {
            files.add(new FileRange(lane, e.first, e.last, e.rows));
          }
        });
    filling.keySet().retainAll(staying);
    sealed = new Sealed(position, files.size(), met, filling.isEmpty());
    met = false;
    return files;
  }

  /** A file of the sealed batch is in the store, created by this task. */
  public void created(FileRange file) {
    cover(file.lane(), file.first(), file.last());
    sealed.waitingFor--;
  }

  /**
   * A file of the sealed batch could not be created, since an object of its name exists.
   *
   * @param last last offset in that object
   */
  public void found(FileRange file, long last) {
    cover(file.lane(), file.first(), last);
    sealed.waitingFor--;
    sealed.met = true;
    sealed.lost |= last < file.last();
    sealed.ahead |= last >= sealed.end;
  }

  /**
   * Whether the objects have been passed that another writer, most often this task before it was
   * started again, landed without committing: some were met, but none since the last {@link #seal}.
   */
  public boolean caughtUp() {
    return probing && !met;
  }

  /** Whether every file of the sealed batch has been reported. */
  public boolean settled() {
    return sealed != null && sealed.waitingFor == 0;
  }

  /**
   * Ends what was sealed.
   *
   * @throws IllegalStateException if a file of it has not been reported
   */
  public Settlement settle() {
    if (!settled()) {
      throw new IllegalStateException("Files of the sealed batch are still being landed");
    }
    Sealed done = sealed;
    sealed = null;
    probing = done.met || (probing && done.files == 0);
    if (done.lost) {
      return rewind(base);
    }
    if (farthest >= done.end) {
      // An object found just now holds rows that may have been taken into open files meanwhile.
      return done.ahead && position > done.end
          ? rewind(done.whole ? done.end : base)
          : new Settlement(Settlement.Kind.HOLD, base);
    }
    if (!done.whole) {
      return new Settlement(Settlement.Kind.WAIT, base);
    }
    commit(done.end);
    return new Settlement(Settlement.Kind.COMMIT, base);
  }

  /**
   * Offset that may be committed: every record before it has landed or makes no row, and no object
   * reaches across it.
   */
  public long committable() {
    advanceTo(position);
    return base;
  }

  private void begin(long offset) {
    if (offset < position) {
      throw new IllegalArgumentException(
          "Offset %s was taken in before; the next is %s".formatted(offset, position));
    }
    advanceTo(offset);
  }

  private void advanceTo(long offset) {
    if (sealed == null && filling.isEmpty() && farthest < offset) {
      commit(offset);
    }
  }

  private void commit(long offset) {
    base = offset;
    covered.clear();
    farthest = -1;
  }

  private Settlement rewind(long offset) {
    filling.clear();
    met = false;
    position = offset;
    return new Settlement(Settlement.Kind.REWIND, offset);
  }

  private void cover(Lane lane, long first, long last) {
    if (last < first) {
      throw new IllegalArgumentException(
          "An object of %s that starts at offset %s cannot end at %s"
              .formatted(lane.directory(), first, last));
    }
    covered.merge(lane, last, Math::max);
    farthest = Math.max(farthest, last);
  }

  private boolean covers(Lane lane, long offset) {
    Long last = covered.get(lane);
    return last != null && offset <= last;
  }

  private static final class Extent {

    private final long first;
    private long last;
    private long rows;

    Extent(long first) {
      this.first = first;
    }

    void add(long offset) {
      last = offset;
      rows++;
    }
  }

  private static final class Sealed {

    private final long end;
    private final int files;

    /** Whether no file of before its end stayed open. */
    private final boolean whole;

    private int waitingFor;

    /** Another writer's object was met: by asking before filling a file, or by not creating it. */
    private boolean met;

    /** Rows of a file are not in the object that was found in its place. */
    private boolean lost;

    /** An object that was found reaches past this batch. */
    private boolean ahead;

    Sealed(long end, int files, boolean met, boolean whole) {
      this.met = met;
      this.end = end;
      this.files = files;
      this.whole = whole;
      this.waitingFor = files;
    }
  }
}
