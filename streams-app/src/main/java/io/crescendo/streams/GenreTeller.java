package io.crescendo.streams;

import io.crescendo.streams.GenreParts.Part;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells genres what the artists of one partition give to them. It begins with everything, then
 * tells what has changed, in few records however many artists change.
 *
 * <p>What it has not told yet is in no store, and need not be: it follows from the states of
 * artists, and whoever owns the partition next tells everything anew.
 */
final class GenreTeller {

  /** In one record: with the longest names, these are 550 KB, and brokers take 1 MB. */
  static final int MOST_PARTS = 100;

  private final ProcessorContext<byte[], Object> context;
  private final GenreIndex index;
  private final Function<Bytes, ArtistState> states;
  private boolean begun;

  /**
   * @param states states of artists, by their ids
   */
  GenreTeller(
      ProcessorContext<byte[], Object> context,
      GenreIndex index,
      Function<Bytes, ArtistState> states) {
    this.context = context;
    this.index = index;
    this.states = states;
  }

  /**
   * Tells what has changed since it was called before; everything, where it was not.
   *
   * @param now the clock
   */
  void tell(long now) {
    long version = index.version();
    long timestamp = timestamp(now);
    List<List<Part>> changed = index.takeChanged(states, timestamp);
    for (int to = 0; to < changed.size(); to++) {
      tell(to, version, changed.get(to), timestamp);
    }
    begun = true;
  }

  /** Not later than the records that were read: brokers refuse what a wrong clock dates ahead. */
  private long timestamp(long now) {
    long streamTime = context.currentStreamTimeMs();
    return streamTime < 0 ? now : Math.min(now, streamTime);
  }

  private void tell(int to, long version, List<Part> parts, long timestamp) {
    for (int from = 0; from < parts.size() || (from == 0 && !begun); from += MOST_PARTS) {
      int end = Math.min(parts.size(), from + MOST_PARTS);
      boolean all = !begun && end == parts.size();
      GenreParts record =
          new GenreParts(context.taskId().partition(), to, version, all, parts.subList(from, end));
      context.forward(new Record<>(record.key(), record, timestamp), ArtistTopology.PARTS);
    }
  }
}
