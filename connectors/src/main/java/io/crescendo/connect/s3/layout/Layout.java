package io.crescendo.connect.s3.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.RowType;
import io.crescendo.connect.s3.protocol.Lane;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Puts records into lanes, and names the objects of lanes. Not thread-safe. */
public final class Layout {

  private static final int MOST_KEPT = 10_000;

  /** S3 takes keys of 1,024 bytes; topic names may take 249, partition and offset some more. */
  private static final int LONGEST_DIRECTORY = 700;

  /** Of its bytes, what topics.dir may take: below it fit a topic's name and a partition's. */
  public static final int LONGEST_TOPICS_DIR = 300;

  private final LayoutSettings settings;
  private final String extension;
  private final Function<RowType, Object> shared;
  private final Timestamps timestamps;

  /** By time alone; null where directories do not go by time. */
  private final TimePartitioner periods;

  private final Partitioner partitioner;

  /** Directories by topic and by what the partitioner said, as both repeat for most records. */
  private final Map<String, Map<String, String>> directories = new HashMap<>();

  private Lane last = new Lane("", "");
  private String lastTopic = "";
  private String lastBelow = "";

  /**
   * @param extension end of each file name, such as {@code .zstd.parquet}
   * @param shared what is equal for types whose rows may share a file
   */
  public Layout(LayoutSettings settings, String extension, Function<RowType, Object> shared) {
    this.settings = settings;
    this.extension = extension;
    this.shared = shared;
    this.timestamps =
        switch (settings.clock()) {
          case RECORD -> Timestamps.ofRecord();
          case FIELD -> Timestamps.ofField(settings.timestampField());
        };
    this.periods = settings.partitioning().byTime() ? byTime() : null;
    this.partitioner =
        switch (settings.partitioning()) {
          case KAFKA_PARTITION -> new KafkaPartitioner();
          case FIELD -> byField();
          case TIME -> periods;
          case FIELD_AND_TIME ->
              new FieldAndTimePartitioner(byField(), periods, settings.directoryDelimiter());
        };
  }

  private Partitioner byField() {
    return new FieldPartitioner(settings.fields(), settings.directoryDelimiter());
  }

  private TimePartitioner byTime() {
    return new TimePartitioner(
        timestamps,
        JodaPattern.formatter(settings.pathFormat(), settings.locale()),
        settings.durationMillis(),
        settings.zone());
  }

  /**
   * The lane of a record.
   *
   * @throws io.crescendo.connect.s3.parquet.BadRowException if it has none
   */
  public Lane lane(SinkRecord record, RowType type) {
    String below = partitioner.directory(record, type);
    String topic = record.topic();
    Object kind = shared.apply(type);
    if (!below.equals(lastBelow) || !topic.equals(lastTopic) || !kind.equals(last.type())) {
      last = new Lane(directory(topic, below), kind);
      lastBelow = below;
      lastTopic = topic;
    }
    return last;
  }

  /** A transformation may have made the topic's name from anything. */
  private String directory(String topic, String below) {
    if (directories.size() == MOST_KEPT) {
      directories.clear();
    }
    Map<String, String> known = directories.computeIfAbsent(topic, t -> new HashMap<>());
    if (known.size() == MOST_KEPT) {
      known.clear();
    }
    return known.computeIfAbsent(
        below, b -> shortEnough(HivePath.escape(topic) + settings.directoryDelimiter() + b));
  }

  private String shortEnough(String directory) {
    int length = settings.topicsDir().getBytes(UTF_8).length + directory.getBytes(UTF_8).length;
    if (length > LONGEST_DIRECTORY) {
      throw new BadRowException(
          "",
          "must lead to a directory of at most %s bytes, got %s: %.60s..."
              .formatted(LONGEST_DIRECTORY, length, directory));
    }
    return directory;
  }

  /**
   * The time of a record, in milliseconds since the epoch.
   *
   * @throws io.crescendo.connect.s3.parquet.BadRowException if it has none
   */
  public long timestamp(SinkRecord record, RowType type) {
    return timestamps.millis(record, type);
  }

  /**
   * When the time begins that the directory of a record stands for, in milliseconds since the
   * epoch; only where directories go by time.
   *
   * @throws io.crescendo.connect.s3.parquet.BadRowException if it has none
   */
  public long period(SinkRecord record, RowType type) {
    return periods.begin(record, type);
  }

  /**
   * The key of an object.
   *
   * @param source topic and partition as consumed. The directory may name another topic, which a
   *     transformation put there; two topics routed into one must not share names.
   * @param first offset of its first row
   */
  public String key(Lane lane, TopicPartition source, long first) {
    String delimiter = settings.directoryDelimiter();
    String top = settings.topicsDir().isEmpty() ? "" : settings.topicsDir() + delimiter;
    String offset =
        String.format(Locale.ROOT, "%0" + Math.max(1, settings.offsetDigits()) + "d", first);
    return top
        + lane.directory()
        + delimiter
        + String.join(
            settings.fileDelimiter(), source.topic(), Integer.toString(source.partition()), offset)
        + extension;
  }

  private static final class KafkaPartitioner implements Partitioner {

    private final Map<Integer, String> names = new HashMap<>();

    @Override
    public String directory(SinkRecord record, RowType type) {
      return names.computeIfAbsent(record.kafkaPartition(), p -> "partition=" + p);
    }
  }
}
