package io.crescendo.connect.s3;

import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.Compatibility;
import io.crescendo.connect.s3.parquet.ParquetFile;
import io.crescendo.connect.s3.parquet.RowType;
import io.crescendo.connect.s3.protocol.Lane;
import io.crescendo.connect.s3.protocol.Rotation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a batch that fills, one per lane, and the schema that each has.
 *
 * <p>Every row that is right in its own schema is taken: into the file that is open if it has a
 * form there, else into the next one. What was seen before decides only where files end. If it
 * decided whether a record is a row, two tasks that have seen different things would name different
 * objects after the same rows, and land them twice.
 *
 * <p>Few enough rows are still as they came, and change their schema without ending anything.
 */
final class OpenFiles {

  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  /** What an open file takes beside its rows, in bytes: its lane, its lists, its ledger's entry. */
  static final int BYTES_PER_FILE = 512;

  private final Workbench bench;
  private final Compatibility compatibility;
  private final Map<Lane, ParquetFile> files = new HashMap<>();

  /** The newest type so far, by what types share that may be in one file; files begin with it. */
  private final Map<Object, RowType> newest = new HashMap<>();

  private long bytes;

  /** Whether the log says that rows end files; once is enough. */
  private boolean warned;

  /** The row that is ready to be appended, its type, and its file, if that is open. */
  private Lane lane;

  private Object row;
  private RowType type;
  private ParquetFile file;

  OpenFiles(Workbench bench) {
    this.bench = bench;
    this.compatibility = bench.settings().format().compatibility();
  }

  /**
   * Makes the row of a record ready for {@link #append}.
   *
   * @return whether it can go to its lane's file as it is open now; if not, the batch must end
   *     first
   */
  boolean ready(Lane lane, RowType arrived, SinkRecord record) {
    this.lane = lane;
    row = arrived.row(record);
    type = arrived;
    file = files.get(lane);
    if (compatibility == Compatibility.NONE) {
      return true;
    }
    if (file == null) {
      begin();
      return true;
    }
    return file.type() == arrived || adapt();
  }

  /** The type that a file begins with: FORWARD would otherwise drop new columns for ever. */
  private void begin() {
    if (compatibility == Compatibility.FORWARD) {
      return;
    }
    RowType known = newest.putIfAbsent(lane.type(), type);
    if (known == null || known == type) {
      return;
    }
    if (compatibility.prefers(type, known)) {
      newest.put(lane.type(), type);
    } else if (compatibility.prefers(known, type)) {
      project(known);
    }
  }

  /** Gives the row the type of its file, or its file the type of the row. */
  private boolean adapt() {
    RowType target = file.type();
    if (compatibility.prefers(target, type)) {
      return project(target) || separate(target);
    }
    if (!compatibility.prefers(type, target)) {
      return separate(target);
    }
    if (compatibility != Compatibility.FORWARD) {
      newest.merge(lane.type(), type, (a, b) -> compatibility.prefers(b, a) ? b : a);
    }
    Optional<ParquetFile> changed = file.as(type);
    if (changed.isEmpty()) {
      return false;
    }
    bytes += changed.get().bufferedBytes() - file.bufferedBytes();
    file = changed.get();
    files.put(lane, file);
    return true;
  }

  private boolean project(RowType target) {
    try {
      row = target.project(row, type);
      type = target;
      return true;
    } catch (BadRowException e) {
      LOG.debug("{} keeps its own schema: {}", type, e.getMessage());
      return false;
    }
  }

  private boolean separate(RowType target) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "A row of {} ends the files that are open, as it has no form in the schema that its file"
              + " has ({}, schema.compatibility={}); where such rows alternate, files are tiny",
          type,
          target.columns(),
          compatibility);
    }
    return false;
  }

  /** Whether the row that is ready begins its file. */
  boolean begins() {
    return file == null;
  }

  /**
   * Appends the row that is ready.
   *
   * @return its file
   */
  ParquetFile append() {
    if (file == null) {
      file = new ParquetFile(type, bench.codec(), bench.settings().format().rowGroupBytes());
      files.put(lane, file);
      bytes += BYTES_PER_FILE;
    }
    long before = file.bufferedBytes();
    file.write(row);
    bytes += file.bufferedBytes() - before;
    ParquetFile grown = file;
    // Whoever finishes the file releases its memory.
    row = null;
    file = null;
    return grown;
  }

  /** Hands a file out, with its memory. */
  ParquetFile remove(Lane lane) {
    ParquetFile removed = files.remove(lane);
    bytes -= bytes(removed);
    return removed;
  }

  /** Whether a lane's file holds less than half of what one is to hold. */
  boolean isSmall(Lane lane, Rotation rotation) {
    ParquetFile file = files.get(lane);
    return rotation.isSmall(file.dataBytes(), file.rows());
  }

  /** Memory that a file takes, in bytes. */
  static long bytes(ParquetFile file) {
    return BYTES_PER_FILE + file.bufferedBytes();
  }

  /** Number of files. */
  int size() {
    return files.size();
  }

  /** Memory of the files, in bytes. */
  long bytes() {
    return bytes;
  }

  void clear() {
    files.clear();
    bytes = 0;
  }
}
