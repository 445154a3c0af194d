package io.crescendo.connect.s3;

import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.ParquetFile;
import io.crescendo.connect.s3.parquet.RowType;
import io.crescendo.connect.s3.protocol.Fate;
import io.crescendo.connect.s3.protocol.FileRange;
import io.crescendo.connect.s3.protocol.Lane;
import io.crescendo.connect.s3.protocol.LateLanes;
import io.crescendo.connect.s3.protocol.PartitionLedger;
import io.crescendo.connect.s3.protocol.Rotation;
import io.crescendo.connect.s3.protocol.Settlement;
import io.crescendo.connect.s3.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out for one topic partition what its ledger decides: fills files, lands batches, rewinds.
 *
 * <p>Not thread-safe; Connect calls a task from one thread.
 */
final class PartitionWriter {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

  private final TopicPartition source;
  private final Workbench bench;
  private final StoreWait wait;
  private final Rotation rotation;
  private final LateLanes late;
  private final OpenFiles open;

  private PartitionLedger ledger;
  private Landing landing;
  private Oldest oldest = new Oldest();

  private boolean warnedOfProbing;

  /** Highest offset of a record that was rejected. */
  private long rejectedThrough = -1;

  /** Records that Connect has fetched already are not those that the rewind asked for. */
  private boolean rewinding;

  /** Whether it has ever rewound: then Connect may hold an offset of before for what it passed. */
  private boolean rewound;

  PartitionWriter(TopicPartition source, Workbench bench) {
    this.source = source;
    this.bench = bench;
    this.wait = new StoreWait(source, bench);
    this.rotation = new Rotation(bench.settings().rotation());
    this.late = new LateLanes(bench.settings().lateMillis());
    this.open = new OpenFiles(bench);
  }

  boolean takes(String topic, int partition) {
    return source.partition() == partition && source.topic().equals(topic);
  }

  /**
   * Takes a record.
   *
   * @return whether the batch is to end now
   * @throws RetriableException if the store must be waited for; the record has not been taken then,
   *     and is to come again
   */
  boolean write(SinkRecord record) {
    if (rewinding) {
      return false;
    }
    long offset = record.originalKafkaOffset();
    if (ledger == null || offset < ledger.position()) {
      begin(offset);
    }
    if (record.value() == null && bench.settings().format().ignoreNulls()) {
      ledger.pass(offset);
      return false;
    }
    RowType type;
    Lane lane;
    long timestamp;
    try {
      type = rowType(record);
      lane = bench.layout().lane(record, type);
      timestamp = timestamp(record, type);
    } catch (BadRowException e) {
      reject(record, e);
      return false;
    }
    return take(record, type, lane, timestamp);
  }

  /** Once only, though the record comes again after a rewind. */
  private void reject(SinkRecord record, BadRowException problem) {
    long offset = record.originalKafkaOffset();
    if (offset > rejectedThrough) {
      bench.badRecords().reject(record, problem);
      rejectedThrough = offset;
    }
    ledger.pass(offset);
  }

  /** Ends the batch if a clock says so, and looks after the one that is being landed. */
  void tick() {
    settle();
    if (landing != null) {
      return;
    }
    long now = bench.clock().millis();
    // One that is full has records waiting behind it, however long the store has held them up.
    boolean stopped = !rotation.full() && rotation.due(now) && late.stopped(now);
    if (stopped || late.due(rotation.isEmpty(), now)) {
      seal();
    } else if (rotation.full() || rotation.due(now)) {
      rotate();
    }
  }

  /** Ends the batch as its rules say; small files of late records may stay open. */
  void rotate() {
    // what was found there decides whether it has caught up
    awaitLanding();
    if (ledger.caughtUp()) {
      // A task that is restarted more often than late files land would never commit anything.
      seal();
      return;
    }
    long now = bench.clock().millis();
    Set<Lane> staying = late.mayStay(rotation.length(now), now);
    staying.removeIf(lane -> !open.isSmall(lane, rotation));
    seal(staying);
  }

  /** Ends the batch, with all files. */
  void seal() {
    seal(Set.of());
  }

  private void seal(Set<Lane> staying) {
    awaitLanding();
    if (rewinding || ledger == null) {
      return;
    }
    List<FileUpload> uploads = new ArrayList<>();
    for (FileRange file : ledger.seal(staying)) {
      String key = bench.layout().key(file.lane(), source, file.first());
      uploads.add(new FileUpload(file, key, open.remove(file.lane()), bench));
    }
    landing = new Landing(uploads, oldest, bench.executor());
    long now = bench.clock().millis();
    late.stayed(staying, rotation.due(now), rotation.deadlineFrom(now));
    oldest = staying.isEmpty() ? new Oldest() : oldest;
    rotation.restart();
    settle();
  }

  /** Waits for the batch that is being landed, if there is one. */
  void awaitLanding() {
    if (landing == null) {
      return;
    }
    landing.retryFailed(bench.clock().millis(), bench.settings().retryBackoff().toMillis());
    boolean ended = landing.await(bench.patience().left());
    StoreException failure = landing.report(ledger);
    if (failure != null) {
      throw wait.after(failure);
    }
    if (!ended) {
      throw wait.outOfPatience("files that are being landed");
    }
    finishLanding();
  }

  /** What comes from now on, Connect has fetched after the rewind. */
  void rewound() {
    rewinding = false;
  }

  /** The partition moved: open files are dropped, as whoever gets it reads their rows again. */
  void close() {
    abandonLanding();
    drop();
  }

  /**
   * Offset that may be committed. Records that Connect drops, for a transformation or as they
   * cannot be converted, are never seen here: where nothing waits to land, the offset goes on
   * behind them, or a partition of nothing else would be read again at each start.
   *
   * @param passed where Connect has gone on to; empty while that says nothing, as a put has failed
   */
  OptionalLong committable(OptionalLong passed) {
    if (ledger == null) {
      return passed;
    }
    long landed = ledger.committable();
    boolean idle = landed == ledger.position() && !rewound;
    return OptionalLong.of(idle ? Math.max(landed, passed.orElse(landed)) : landed);
  }

  /** Memory of the open files, in bytes. */
  long openBytes() {
    return open.bytes();
  }

  /** Memory of the batch that is being landed, in bytes. */
  long landingBytes() {
    return landing == null ? 0 : landing.bytes();
  }

  /** Number of files that take rows. */
  int openFiles() {
    return open.size();
  }

  /** The oldest records of the open files, and of the batch that is being landed. */
  Stream<Oldest> oldest() {
    return landing == null ? Stream.of(oldest) : Stream.of(oldest, landing.oldest());
  }

  boolean isLanding() {
    return landing != null;
  }

  /**
   * When the batch ends, or files of late records must land, though no record comes; in
   * milliseconds, or {@link Rotation#NEVER}.
   */
  long deadline() {
    return Math.min(rotation.deadline(), late.deadline(rotation.isEmpty()));
  }

  /** The topic partition. */
  @Override
  public String toString() {
    return source.toString();
  }

  private void begin(long offset) {
    if (ledger != null) {
      LOG.warn(
          "{} jumped back from offset {} to {}: the topic was truncated, or its offsets were reset;"
              + " starting over there",
          source,
          ledger.position(),
          offset);
    }
    close();
    rotation.forget();
    late.forget();
    rejectedThrough = -1;
    ledger = new PartitionLedger(offset);
  }

  private RowType rowType(SinkRecord record) {
    if (record.value() == null) {
      throw new BadRowException("", "must not be null (behavior.on.null.values=fail)");
    }
    RowType type = bench.rowTypes().of(record.valueSchema(), record.value());
    type.check(record.value());
    return type;
  }

  private long timestamp(SinkRecord record, RowType type) {
    return bench.settings().rotation().recordTimeMillis() > 0
        ? bench.layout().timestamp(record, type)
        : 0;
  }

  private boolean take(SinkRecord record, RowType type, Lane lane, long timestamp) {
    long now = bench.clock().millis();
    if (rotation.endsBefore(timestamp, now)) {
      rotate();
      if (rewinding) {
        return false;
      }
    }
    if (!open.ready(lane, type, record)) {
      seal();
      if (rewinding) {
        return false;
      }
      open.ready(lane, type, record);
    }
    long offset = record.originalKafkaOffset();
    Fate fate = ledger.offer(offset, lane);
    if (fate == Fate.ASK) {
      fate = ledger.answer(offset, lane, find(lane, offset));
      if (fate == Fate.LANDED) {
        bench.metrics().adopted();
      }
    }
    boolean begins = fate == Fate.WRITE && open.begins();
    if (fate == Fate.WRITE) {
      ParquetFile file = open.append();
      rotation.grew(file.dataBytes(), file.rows());
    }
    if (bench.settings().lateMillis() > 0) {
      late.took(lane, bench.layout().period(record, type), begins, now);
    }
    oldest.took(record.timestamp(), now);
    rotation.took(timestamp, now);
    // A clock can wait until the batch before has landed; the number of records cannot.
    return rotation.full() || (landing == null && rotation.due(now));
  }

  private OptionalLong find(Lane lane, long first) {
    String key = bench.layout().key(lane, source, first);
    Duration left = bench.patience().left();
    if (left.isZero()) {
      throw wait.outOfPatience("what has landed already");
    }
    try {
      return bench
          .store()
          .metadata(key, left)
          .map(m -> OptionalLong.of(bench.metadata().lastOffset(key, first, m)))
          .orElse(OptionalLong.empty());
    } catch (StoreException e) {
      if (e.isTransient()) {
        throw wait.after(e);
      }
      // Asking saves work, no more: creating the file says as well whether its object exists.
      warnOfProbing(e);
      return OptionalLong.empty();
    }
  }

  private void warnOfProbing(StoreException e) {
    if (!warnedOfProbing) {
      warnedOfProbing = true;
      LOG.warn(
          "{}: cannot ask whether an object exists, so rows may be read several times before they"
              + " are found to have landed: {}",
          source,
          e.getMessage());
    }
  }

  private void settle() {
    if (landing == null) {
      return;
    }
    landing.retryFailed(bench.clock().millis(), bench.settings().retryBackoff().toMillis());
    landing.report(ledger);
    if (ledger.settled()) {
      finishLanding();
    }
  }

  private void abandonLanding() {
    if (landing != null) {
      bench.leftovers().add(landing);
      landing = null;
    }
  }

  private void finishLanding() {
    rotation.landed(landing.largestFile());
    landing = null;
    Settlement next = ledger.settle();
    switch (next.kind()) {
      case COMMIT -> bench.context().requestCommit();
      case REWIND -> rewind(next.offset());
      case HOLD ->
          LOG.info(
              "{}: an object reaches past offset {}; not committed yet", source, next.offset());
      case WAIT ->
          LOG.debug(
              "{}: files of late records stay open; committed as far as {}", source, next.offset());
    }
  }

  private void rewind(long offset) {
    LOG.info("{}: reading again from offset {}, dropping what has landed", source, offset);
    drop();
    rewinding = true;
    rewound = true;
    bench.context().offset(source, offset);
  }

  private void drop() {
    open.clear();
    late.clear();
    oldest = new Oldest();
    rotation.restart();
  }
}
