package io.crescendo.streams;

import io.crescendo.schemas.Reason;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.UpdateFields;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the state of every artist. Forwards the enriched row under the artist's id, and tells
 * genres what artists give to them.
 *
 * <p>Decides before it writes: an exception after a put would leave the put in the store.
 */
final class ArtistProcessor implements Processor<byte[], Update, byte[], Object> {

  static final String STATE = "artist-state";
  static final String MARKERS = "artist-deletions";

  /** For one transaction, which all of it is part of until the next commit. */
  static final int PURGED_AT_ONCE = 10_000;

  /**
   * Key in the state under which the updates of forgotten artists are counted; no artist has it. So
   * what {@link GenreIndex#version} adds up never falls.
   */
  private static final Bytes FORGOTTEN = Bytes.wrap(new byte[0]);

  private final GenreFamilies families;
  private final HomePartition home;
  private final GenreIndexes indexes;
  private final Activity activity;
  private final Duration deletedHorizon;
  private final Duration commitInterval;
  private ProcessorContext<byte[], Object> context;
  private KeyValueStore<Bytes, ArtistState> artists;
  private DeletedMarkers markers;
  private Meter meter;
  private Timer latency;
  private OneShot purge;
  private GenreIndex index;
  private Pace telling;

  /**
   * @param home of genres
   * @param indexes where the genres of this processor's artists are to be found
   * @param activity of the instance
   */
  ArtistProcessor(
      GenreFamilies families,
      HomePartition home,
      GenreIndexes indexes,
      Activity activity,
      Duration deletedHorizon,
      Duration commitInterval) {
    this.families = families;
    this.home = home;
    this.indexes = indexes;
    this.activity = activity;
    this.deletedHorizon = deletedHorizon;
    this.commitInterval = commitInterval;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
    this.artists = context.getStateStore(STATE);
    this.markers = new DeletedMarkers(context.getStateStore(MARKERS));
    this.meter = new Meter(context);
    this.latency = meter.latency("artists");
    this.purge = new OneShot(context, this::purge);
    purge.set(DeletedMarkers.purgeInterval(deletedHorizon).toMillis());
    this.index = new GenreIndex(home);
    try (KeyValueIterator<Bytes, ArtistState> all = artists.all()) {
      all.forEachRemaining(artist -> index.add(artist.key, artist.value));
    }
    indexes.add(context.taskId().partition(), index);
    GenreTeller teller = new GenreTeller(context, index, artists::get);
    this.telling = new Pace(context, activity, commitInterval, teller::tell);
    telling.changed();
  }

  @Override
  public void process(Record<byte[], Update> record) {
    activity.record();
    Update update = record.value();
    Bytes id = Bytes.wrap(record.key());
    ArtistState before = artists.get(id);
    long now = context.currentSystemTimeMs();
    if (update.deleted() && (before == null || !before.seen())) {
      remember(id, Revision.unseenDeleted(before, update, now), now);
      reject(update, record.timestamp());
      return;
    }
    Revision revision = Revision.of(before, update, families, now);
    remember(id, revision.state(), now);
    meter.update(revision.row().getLate());
    meter.since(record.timestamp(), latency);
    context.forward(
        new Record<>(record.key(), revision.row(), record.timestamp()), ArtistTopology.ENRICHED);
    index.change(id, before, revision.state(), record.timestamp());
    if (index.hasChanged()) {
      telling.changed();
    }
  }

  private void remember(Bytes id, ArtistState state, long now) {
    artists.put(id, state);
    if (state.deletedAt() == now) {
      markers.add(id, now);
    }
  }

  private void reject(Update update, long timestamp) {
    byte[] key = update.keyBytes();
    Reason reason = Reason.UNKNOWN_ARTIST_DELETED;
    meter.reject(reason);
    String text =
        "artist '%s' must be known to be deleted, got an unknown one".formatted(update.id());
    Reject reject =
        Rejects.of(
            new Problem(reason, UpdateFields.ID, update.id(), text),
            update.source(),
            update.origin(),
            key,
            update.valueBytes(),
            context.currentSystemTimeMs());
    context.forward(new Record<>(Rejects.key(key), reject, timestamp), ArtistTopology.REJECTED);
  }

  private void purge(long now) {
    AtomicLong updates = new AtomicLong();
    boolean more =
        markers.removeUpTo(
            now - deletedHorizon.toMillis(),
            PURGED_AT_ONCE,
            (id, markedAt) -> {
              ArtistState state = artists.get(id);
              // An artist that came back, or was deleted again later, has outlived this marker.
              if (state != null && state.deletedAt() == markedAt) {
                artists.put(id, null);
                updates.addAndGet(state.updates());
              }
            });
    if (updates.get() > 0) {
      ArtistState forgotten = artists.get(FORGOTTEN);
      long before = forgotten == null ? 0 : forgotten.updates();
      artists.put(FORGOTTEN, ArtistState.deletedUnseen(0, before + updates.get(), 0, now));
    }
    Duration usual = DeletedMarkers.purgeInterval(deletedHorizon);
    purge.set((more && commitInterval.compareTo(usual) < 0 ? commitInterval : usual).toMillis());
  }

  @Override
  public void close() {
    purge.cancel();
    telling.stop();
    indexes.remove(context.taskId().partition(), index);
  }
}
