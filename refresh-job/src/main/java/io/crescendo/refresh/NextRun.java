package io.crescendo.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Word of the next run, which a program that starts them leaves in the results bucket, as {@code
 * schedule.json}, for {@code refresh status}.
 *
 * <p>Thread-safe: the JVM's end may take the word back while another one is left.
 */
public final class NextRun implements AutoCloseable {

  static final String KEY = "schedule.json";

  private static final Logger LOG = LoggerFactory.getLogger(NextRun.class);

  private final ResultsBucket results;
  private final String schedule;
  private final String owner;
  private final Clock clock;
  private Word left;
  private boolean closed;

  /**
   * What is left.
   *
   * @param schedule when runs start, for people
   * @param owner program that starts them
   */
  record Word(String schedule, String owner, Instant nextAt, Instant writtenAt) {}

  /**
   * For the runs of one program.
   *
   * @param schedule when they start, for people
   * @param owner the program
   */
  NextRun(ResultsBucket results, String schedule, String owner, Clock clock) {
    this.results = results;
    this.schedule = schedule;
    this.owner = owner;
    this.clock = clock;
  }

  /** Says when the next run starts, in place of what was said before. */
  public synchronized void at(Instant start) {
    if (closed) {
      return;
    }
    Word word = new Word(schedule, owner, start, clock.instant());
    try {
      results.put(KEY, Json.text(word));
      left = word;
    } catch (SdkException e) {
      LOG.warn("The next run, at {}, could not be noted in {}: {}", start, results, Reason.of(e));
    }
  }

  /** Takes the word back, unless another program has left its own: no run will come. */
  @Override
  public synchronized void close() {
    closed = true;
    if (left == null) {
      return;
    }
    try {
      if (results.read(KEY, Word.class).filter(left::equals).isPresent()) {
        results.delete(List.of(KEY));
      }
      left = null;
    } catch (SdkException | RefreshException e) {
      LOG.warn(
          "Word of the next run could not be taken back from {}: {}; status calls it overdue",
          results,
          Reason.of(e));
    }
  }
}
