package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** The records of past runs. */
public final class RunHistory {

  private static final Logger LOG = LoggerFactory.getLogger(RunHistory.class);
  private static final String PREFIX = "runs/";
  private static final String SUFFIX = ".json";
  private static final String LAST_CHECKED = "last-checked.json";
  // a failure that lasts longer than this has been noticed
  private static final int LOOKED_THROUGH = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  // S3 lists in ascending order only; looking back step by step spares listing years of runs
  private static final List<Duration> LOOK_BACK = List.of(Duration.ofHours(3), Duration.ofDays(3));

  private final ResultsBucket results;
  private final Clock clock;
  private final Map<String, Optional<RunRecord>> records;

  /** The history that the runs of these settings write. */
  public RunHistory(S3Client s3, RefreshSettings settings) {
    this(new ResultsBucket(s3, settings.resultsBucket()), Clock.systemUTC());
  }

  RunHistory(ResultsBucket results, Clock clock) {
    this(
        results,
        clock,
        Collections.synchronizedMap(
            new LinkedHashMap<>(LOOKED_THROUGH, 0.75f, true) {
              @Override
              protected boolean removeEldestEntry(Map.Entry<String, Optional<RunRecord>> eldest) {
                return size() > LOOKED_THROUGH;
              }
            }));
  }

  private RunHistory(ResultsBucket results, Clock clock, Map<String, Optional<RunRecord>> records) {
    this.results = results;
    this.clock = clock;
    this.records = records;
  }

  /** The same history, for work with this deadline. */
  RunHistory within(Deadline deadline) {
    return new RunHistory(results.within(deadline), clock, records);
  }

  /** A new id; ids sort by start, and are unique across machines. */
  static String newId(Instant start) {
    return String.format(
        Locale.ROOT, "%s-%06x", TIME.format(start), ThreadLocalRandom.current().nextInt(1 << 24));
  }

  /** The start that an id of {@link #newId} names; nothing for anything else. */
  static Optional<Instant> start(String run) {
    try {
      return Optional.of(
          TIME.parse(run.substring(0, Math.max(0, run.indexOf('-'))), Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  void write(RunRecord run) {
    if (run.outcome() == Outcome.SUCCEEDED && run.freshness() != null) {
      // first: without it, the next run would compare with rows that this one has replaced
      results.put(LAST_CHECKED, Json.text(run));
    }
    results.put(PREFIX + run.run() + SUFFIX, Json.text(run));
  }

  /** The latest runs, newest first, at most {@code count}. */
  public List<RunRecord> latest(int count) {
    return newestFirst(count).toList();
  }

  /** The latest run that succeeded; nothing if none of the latest ones did. */
  Optional<RunRecord> lastSuccess() {
    return newestFirst(LOOKED_THROUGH)
        .filter(run -> run.outcome() == Outcome.SUCCEEDED)
        .findFirst();
  }

  /**
   * The latest run that succeeded and looked at the data, so that it counted their rows itself. It
   * is kept beside the records, because any number of runs may have failed since.
   *
   * @throws RefreshException if it is damaged
   */
  Optional<RunRecord> lastChecked() {
    return results.read(LAST_CHECKED, RunRecord.class);
  }

  private Stream<RunRecord> newestFirst(int count) {
    List<String> keys = new ArrayList<>(latestKeys(count));
    // some stores list what they are still writing under a longer name
    keys.removeIf(k -> !k.endsWith(SUFFIX));
    Collections.reverse(keys);
    return keys.stream().limit(count).flatMap(key -> record(key).stream());
  }

  /** A record, which never changes; nothing for one that is gone or damaged. */
  private Optional<RunRecord> record(String key) {
    Optional<RunRecord> known = records.get(key);
    if (known != null) {
      return known;
    }
    Optional<RunRecord> read;
    try {
      read = results.read(key, RunRecord.class);
    } catch (RefreshException e) {
      // the other records still tell how the job stands
      LOG.warn("{}; it is left out", e.getMessage());
      read = Optional.empty();
    }
    records.put(key, read);
    return read;
  }

  private List<String> latestKeys(int count) {
    for (Duration back : LOOK_BACK) {
      List<String> keys = results.keys(PREFIX, PREFIX + TIME.format(clock.instant().minus(back)));
      if (keys.size() >= count) {
        return keys;
      }
    }
    return results.keys(PREFIX, "");
  }
}
