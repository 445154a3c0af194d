package io.crescendo.streams;

import io.crescendo.streams.GenreParts.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The genres of one task: what each partition of artists gives to them, and what was reported last.
 * Where the two differ, a row is owed; so what is owed survives a crash.
 *
 * <p>Everything is in the stores as soon as it is entered, because a commit may come after any
 * record, and in memory as well: 300 to 450 bytes for each genre and partition of artists.
 */
final class GenreLedger {

  /** Key of a report that only tells when the last one was. No genre has control characters. */
  private static final String LAST_REPORT = "\0";

  /** Genre of parts that only tell which version a partition has told. */
  private static final String VERSION = "";

  private static final Logger LOG = LoggerFactory.getLogger(GenreLedger.class);

  private final KeyValueStore<Bytes, KeptPart> parts;
  private final KeyValueStore<String, GenreReport> reports;
  private final int partitions;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> owed = new LinkedHashSet<>();

  /** Newest version that each partition of artists has told. */
  private final Map<Integer, Long> versions = new HashMap<>();

  private long lastReportedAt;

  /**
   * @param partitions how many there are of artists
   */
  GenreLedger(
      KeyValueStore<Bytes, KeptPart> parts,
      KeyValueStore<String, GenreReport> reports,
      int partitions) {
    this.parts = parts;
    this.reports = reports;
    this.partitions = partitions;
    try (KeyValueIterator<Bytes, KeptPart> all = parts.all()) {
      all.forEachRemaining(row -> read(KeptPart.Key.of(row.key), row.value));
    }
    try (KeyValueIterator<String, GenreReport> all = reports.all()) {
      all.forEachRemaining(row -> read(row.key, row.value));
    }
    entries.forEach(
        (genre, entry) -> {
          if (entry.hasEmptyPart() || !entry.total().saysWhat(entry.reportedTotal())) {
            owed.add(genre);
          } else {
            entry.timestamp = GenreTotal.NEVER;
          }
        });
  }

  private void read(KeptPart.Key key, KeptPart part) {
    if (key.genre().equals(VERSION)) {
      versions.put(key.from(), part.version());
    } else {
      Entry entry = entry(key.genre());
      entry.parts.put(key.from(), part);
      entry.timestamp = Math.max(entry.timestamp, part.timestamp());
    }
  }

  private void read(String genre, GenreReport report) {
    lastReportedAt = Math.max(lastReportedAt, report.reportedAt());
    if (!genre.equals(LAST_REPORT)) {
      entry(genre).reported = report;
    }
  }

  private static final class Entry {

    private final Map<Integer, KeptPart> parts = new HashMap<>(4);
    private GenreReport reported;

    /** Of the newest update since the last report. */
    private long timestamp = GenreTotal.NEVER;

    /** Which the next report removes. */
    boolean hasEmptyPart() {
      return parts.values().stream().anyMatch(part -> part.total().artists() == 0);
    }

    GenreTotal reportedTotal() {
      return reported == null ? GenreTotal.EMPTY : reported.total();
    }

    GenreTotal total() {
      GenreTotal total = GenreTotal.EMPTY.asOf(reportedTotal().asOf());
      for (KeptPart part : parts.values()) {
        total = total.plus(part.total());
      }
      return total;
    }
  }

  private Entry entry(String genre) {
    return entries.computeIfAbsent(genre, g -> new Entry());
  }

  /**
   * Enters what a partition of artists tells. What is older than what it told before is ignored: it
   * is read again, as where the group's offsets expired, or was told by an owner that did not know
   * yet that it had been replaced.
   *
   * @param timestamp of the record that tells it, by which genres are dated that it tells no more
   *     of
   */
  void enter(GenreParts told, long timestamp) {
    Long newest = versions.get(told.from());
    if (newest != null && told.version() < newest) {
      if (told.all()) {
        LOG.warn(
            "Partition {} of artists told all as of its update {}, after it had told update {}; ignored."
                + " Unless it was read again, artist-state has lost updates, and totals need a reset,"
                + " see docs/streams-app.md",
            told.from(),
            told.version(),
            newest);
      }
      return;
    }
    // One that has begun to tell all, and is not known yet, is known when it has.
    if (newest == null ? told.all() : told.version() > newest) {
      versions.put(told.from(), told.version());
      parts.put(
          new KeptPart.Key(VERSION, told.from()).bytes(),
          new KeptPart(told.version(), GenreTotal.EMPTY, timestamp));
    }
    for (Part part : told.parts()) {
      enter(new KeptPart.Key(part.genre(), told.from()), told.version(), part);
    }
    if (told.all()) {
      for (String genre : notToldAgain(told)) {
        enter(
            new KeptPart.Key(genre, told.from()),
            told.version(),
            new Part(genre, GenreTotal.EMPTY, timestamp));
      }
    }
  }

  private List<String> notToldAgain(GenreParts told) {
    List<String> genres = new ArrayList<>();
    entries.forEach(
        (genre, entry) -> {
          KeptPart part = entry.parts.get(told.from());
          if (part != null && part.version() < told.version()) {
            genres.add(genre);
          }
        });
    return genres;
  }

  private void enter(KeptPart.Key key, long version, Part told) {
    Entry known = entries.get(key.genre());
    KeptPart before = known == null ? null : known.parts.get(key.from());
    GenreTotal total = before == null ? GenreTotal.EMPTY : before.total();
    boolean same = told.total().saysWhat(total);
    if (same && (before == null || before.version() == version)) {
      return;
    }
    KeptPart part =
        same
            ? new KeptPart(version, total, before.timestamp())
            : new KeptPart(version, told.total().asOf(total.asOf()), told.timestamp());
    Entry entry = entry(key.genre());
    entry.parts.put(key.from(), part);
    parts.put(key.bytes(), part);
    if (!same) {
      entry.timestamp = Math.max(entry.timestamp, told.timestamp());
      owed.add(key.genre());
    }
  }

  /**
   * Not before all partitions have told what they give: after an upgrade from a version without
   * this store, totals of some of them would follow upon rows that have all.
   */
  boolean owesRows() {
    return !owed.isEmpty() && versions.size() >= partitions;
  }

  /** Gets what is owed. */
  interface Rows {

    /**
     * A genre has changed.
     *
     * @param timestamp of the newest update in it
     */
    void row(String genre, GenreTotal total, long timestamp, long reportedAt);
  }

  /**
   * Writes rows for what has changed since the last report. Genres without artists are forgotten.
   *
   * @param now the clock; rows of a genre keep their order even where it steps back
   */
  void report(long now, Rows rows) {
    long reportedAt = Math.max(now, lastReportedAt + 1);
    for (String genre : owed) {
      Entry entry = entries.get(genre);
      GenreTotal total = entry.total();
      if (!total.saysWhat(entry.reportedTotal())) {
        boolean dated = entry.timestamp != GenreTotal.NEVER;
        rows.row(genre, total, dated ? entry.timestamp : reportedAt, reportedAt);
        entry.reported = new GenreReport(total, reportedAt);
        reports.put(genre, total.artists() == 0 ? null : entry.reported);
      }
      entry.timestamp = GenreTotal.NEVER;
      removeEmptyParts(genre, entry);
      if (total.artists() == 0) {
        entries.remove(genre);
      }
    }
    owed.clear();
    lastReportedAt = reportedAt;
    reports.put(LAST_REPORT, new GenreReport(GenreTotal.EMPTY, reportedAt));
  }

  private void removeEmptyParts(String genre, Entry entry) {
    entry
        .parts
        .entrySet()
        .removeIf(
            part -> {
              boolean empty = part.getValue().total().artists() == 0;
              if (empty) {
                parts.put(new KeptPart.Key(genre, part.getKey()).bytes(), null);
              }
              return empty;
            });
  }
}
