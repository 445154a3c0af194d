package io.crescendo.streams;

import io.crescendo.streams.GenreChange.Share;
import io.crescendo.streams.GenreRanking.Known;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Totals and ranking of the genres of one task.
 *
 * <p>Genres that change are at hand in memory, but everything is in the stores as soon as it is
 * applied: a commit may come after any record, and what it commits must be whole.
 */
final class GenreLedger {

  static final int AT_HAND = 4_096;

  private static final float LOAD_FACTOR = 0.75f;

  /**
   * Key of a total that only tells of the last report: when it was, and through which change. No
   * genre has control characters. The newest among the totals would not do, for that of a genre
   * which is gone since would be missing.
   */
  private static final String LAST_REPORT = "\0";

  private final KeyValueStore<String, GenreTotal> totals;
  private final GenreRanking ranking;
  private final Map<String, Entry> atHand =
      new LinkedHashMap<>(AT_HAND, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > AT_HAND;
        }
      };

  private GenreTotal lastReport;

  /** Highest offset of a change that was applied here, or to a genre that is forgotten. */
  private long through;

  GenreLedger(KeyValueStore<String, GenreTotal> totals, KeyValueStore<Bytes, byte[]> ranking) {
    this.totals = totals;
    this.ranking = new GenreRanking(ranking);
    GenreTotal stored = totals.get(LAST_REPORT);
    this.lastReport = stored == null ? GenreTotal.EMPTY : stored;
    this.through = lastReport.through();
  }

  private static final class Entry {

    private GenreTotal total;
    private TopPlaces places;

    Entry(GenreTotal total) {
      this.total = total;
      this.places = new TopPlaces(total.top() == null ? List.of() : List.of(total.top()));
    }
  }

  GenreTotal total(String genre) {
    return entry(genre).total;
  }

  private Entry entry(String genre) {
    Entry entry = atHand.get(genre);
    if (entry == null) {
      GenreTotal stored = totals.get(genre);
      entry = new Entry(stored == null ? GenreTotal.EMPTY : stored);
      atHand.put(genre, entry);
    }
    return entry;
  }

  /**
   * Enters a change in one of its genres. It says itself what the artist gave before, and where it
   * comes for the first time, that is so. Where it may have come before, the ranking is asked.
   *
   * @param offset of the change in its partition
   * @return whether it says anything new
   */
  boolean apply(String genre, GenreChange change, long offset, long recordTimestamp) {
    Entry entry = entry(genre);
    Share before = change.before();
    if (offset <= Math.max(entry.total.through(), lastReport.through())) {
      Known known = ranking.known(genre, change);
      if (known.same()) {
        return false;
      }
      before = known.share();
    }
    ranking.enter(genre, change);
    long artists = entry.total.artists();
    entry.places.apply(change, before != null, artists);
    if (entry.places.first() == null && (artists > 1 || change.after() != null)) {
      entry.places = new TopPlaces(ranking.top(genre, TopPlaces.MOST));
    }
    entry.total = entry.total.after(change, before, offset, recordTimestamp, entry.places.first());
    totals.put(genre, entry.total);
    through = Math.max(through, offset);
    return true;
  }

  /** After the row of a genre was written; a genre without artists is forgotten. */
  void reported(String genre, long reportedAt) {
    Entry entry = entry(genre);
    if (entry.total.artists() == 0) {
      through = Math.max(through, entry.total.through());
      atHand.remove(genre);
      totals.put(genre, null);
    } else {
      entry.total = entry.total.afterReport(reportedAt);
      totals.put(genre, entry.total);
    }
  }

  /** Tells the genres whose changes are not reported yet. */
  void forEachChanged(Consumer<String> genre) {
    try (KeyValueIterator<String, GenreTotal> rows = totals.all()) {
      rows.forEachRemaining(
          row -> {
            if (row.value.changed()) {
              genre.accept(row.key);
            }
          });
    }
  }

  /** Time of the last report; {@link GenreTotal#NEVER} before the first. */
  long lastReportedAt() {
    return lastReport.reportedAt();
  }

  void setLastReportedAt(long time) {
    lastReport = GenreTotal.reported(time, through);
    totals.put(LAST_REPORT, lastReport);
  }
}
