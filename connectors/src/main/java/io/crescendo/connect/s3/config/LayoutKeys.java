package io.crescendo.connect.s3.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crescendo.connect.s3.layout.JodaPattern;
import io.crescendo.connect.s3.layout.Layout;
import io.crescendo.connect.s3.layout.LayoutSettings;
import io.crescendo.connect.s3.layout.LayoutSettings.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Keys about object names. */
final class LayoutKeys {

  static final String ZONE = "timezone";

  private static final String TOPICS_DIR = "topics.dir";
  private static final String DIRECTORY_DELIMITER = "directory.delim";
  private static final String FILE_DELIMITER = "file.delim";
  private static final String OFFSET_DIGITS = "filename.offset.zero.pad.width";
  private static final String PARTITIONER = "partitioner.class";
  private static final String FIELDS = "partition.field.name";
  private static final String PATH_FORMAT = "path.format";
  private static final String DURATION = "partition.duration.ms";
  private static final String LOCALE = "locale";
  private static final String EXTRACTOR = "timestamp.extractor";
  private static final String TIMESTAMP_FIELD = "timestamp.field";

  private static final String DEFAULT_ZONE = "UTC";
  private static final String DEFAULT_LOCALE = "en";

  private LayoutKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            TOPICS_DIR,
            Type.STRING,
            "topics",
            Rules.parses(
                "a path of at most %s bytes without '..' or a leading '/'"
                    .formatted(Layout.LONGEST_TOPICS_DIR),
                LayoutKeys::directory),
            Importance.HIGH,
            "First level of each key; blank for none.")
        .define(
            DIRECTORY_DELIMITER,
            Type.STRING,
            "/",
            Rules.notBlank(),
            Importance.MEDIUM,
            "Delimiter of directory levels.")
        .define(
            FILE_DELIMITER,
            Type.STRING,
            "+",
            Rules.notBlank(),
            Importance.MEDIUM,
            "Delimiter of topic, partition and offset in a file name.")
        .define(
            OFFSET_DIGITS,
            Type.INT,
            10,
            Range.between(0, 19),
            Importance.LOW,
            "Least digits of the offset in a file name.")
        .define(
            PARTITIONER,
            Type.STRING,
            "DefaultPartitioner",
            Rules.parsesNotBlank("one of " + PartitionerName.LIST, PartitionerName::of),
            Importance.HIGH,
            ("How rows are spread over directories: %s. Confluent's class names are aliases. The last"
                    + " one has levels of fields above those of time.")
                .formatted(PartitionerName.LIST))
        .define(
            FIELDS,
            Type.LIST,
            List.of(),
            Importance.MEDIUM,
            "Fields that FieldPartitioner and FieldAndTimeBasedPartitioner spread by, one directory level each; dots lead into"
                + " nested records.")
        .define(
            PATH_FORMAT,
            Type.STRING,
            "",
            Rules.parses("a Joda-Time pattern", p -> JodaPattern.formatter(p, Locale.ROOT)),
            Importance.MEDIUM,
            "Joda-Time pattern that TimeBasedPartitioner and FieldAndTimeBasedPartitioner render, such as 'dt'=yyyy-MM-dd.")
        .define(
            DURATION,
            Type.LONG,
            -1L,
            Range.atLeast(-1L),
            Importance.MEDIUM,
            "Time that one directory of those spans, in milliseconds.")
        .define(
            ZONE,
            Type.STRING,
            DEFAULT_ZONE,
            Rules.parses("a time zone such as UTC or Europe/Berlin", ZoneId::of),
            Importance.MEDIUM,
            "Time zone of directories and of scheduled rotation; blank for UTC.")
        .define(
            LOCALE,
            Type.STRING,
            DEFAULT_LOCALE,
            Rules.parses("a language tag such as en or en-US", LayoutKeys::locale),
            Importance.LOW,
            "Language of month and day names in path.format; blank for English.")
        .define(
            EXTRACTOR,
            Type.STRING,
            "Record",
            Importance.MEDIUM,
            "What time a record belongs to: Record (its Kafka timestamp) or RecordField. Wallclock"
                + " is refused where directories go by time: the same record would get another path"
                + " when it is read again, and land twice. Elsewhere it is the same as Record.")
        .define(
            TIMESTAMP_FIELD,
            Type.STRING,
            "timestamp",
            Rules.notBlank(),
            Importance.MEDIUM,
            "Field that RecordField reads: milliseconds since the epoch, a timestamp, or ISO-8601,"
                + " which is midnight where it has no time, and UTC where it has no offset.");
  }

  static void check(Values values) {
    if (values.fine(PARTITIONER)) {
      PartitionerName partitioner = PartitionerName.of(values.text(PARTITIONER));
      if (partitioner.byField() && values.list(FIELDS).isEmpty()) {
        values.problem(FIELDS, "must name at least one field for " + partitioner.shown());
      }
      if (partitioner.needsTimes()) {
        if (pathFormat(values).isEmpty() && values.fine(PATH_FORMAT)) {
          values.problem(PATH_FORMAT, "must be set for " + partitioner.shown());
        }
        if (values.fine(DURATION) && values.number(DURATION) < 1) {
          values.problem(DURATION, "must be set for " + partitioner.shown());
        }
      }
    }
    String extractor = simpleName(values.text(EXTRACTOR));
    if (extractor.equals("wallclock")) {
      // Confluent's default, by which nothing goes there without directories of time.
      if (byTime(values)) {
        values.problem(
            EXTRACTOR,
            "must not be Wallclock: a record that is read again after a failure would get another"
                + " path, and land twice; use Record or RecordField");
      }
    } else if (!extractor.equals("record") && !extractor.equals("recordfield")) {
      values.problem(
          EXTRACTOR, "must be Record or RecordField, got '" + values.text(EXTRACTOR) + "'");
    }
  }

  /** Whether directories go by time; also where that cannot be told for a problem with them. */
  static boolean byTime(Values values) {
    return !values.fine(PARTITIONER)
        || PartitionerName.of(values.text(PARTITIONER)).partitioning().byTime();
  }

  static LayoutSettings read(Values values) {
    PartitionerName partitioner = PartitionerName.of(values.text(PARTITIONER));
    return new LayoutSettings(
        directory(values.text(TOPICS_DIR)),
        values.text(DIRECTORY_DELIMITER),
        values.text(FILE_DELIMITER),
        values.integer(OFFSET_DIGITS),
        partitioner.partitioning(),
        partitioner.byField() ? values.list(FIELDS) : List.of(),
        partitioner.pathFormat(pathFormat(values), values.text(DIRECTORY_DELIMITER)),
        partitioner.durationMillis(values.number(DURATION)),
        zone(values),
        locale(values.text(LOCALE).isEmpty() ? DEFAULT_LOCALE : values.text(LOCALE)),
        simpleName(values.text(EXTRACTOR)).equals("recordfield") ? Clock.FIELD : Clock.RECORD,
        values.text(TIMESTAMP_FIELD));
  }

  /** Confluent's users end it with a delimiter, too, which is no further level. */
  private static String pathFormat(Values values) {
    String format = values.text(PATH_FORMAT);
    String delimiter = values.text(DIRECTORY_DELIMITER);
    return !delimiter.isEmpty() && format.endsWith(delimiter)
        ? format.substring(0, format.length() - delimiter.length())
        : format;
  }

  /** The last part of a class name in lower case, without what such class names end with. */
  static String simpleName(String className) {
    String name = className.substring(className.lastIndexOf('.') + 1);
    name = name.substring(name.lastIndexOf('$') + 1).toLowerCase(Locale.ROOT);
    return name.replaceFirst("(partitioner|timestampextractor)$", "");
  }

  private static String directory(String text) {
    String path = text.replaceFirst("/+$", "");
    if (path.getBytes(UTF_8).length > Layout.LONGEST_TOPICS_DIR
        || path.startsWith("/")
        || List.of(path.split("/", -1)).contains("..")) {
      throw new IllegalArgumentException(text);
    }
    return path;
  }

  static ZoneId zone(Values values) {
    return ZoneId.of(values.text(ZONE).isEmpty() ? DEFAULT_ZONE : values.text(ZONE));
  }

  private static Locale locale(String text) {
    return new Locale.Builder().setLanguageTag(text.replace('_', '-')).build();
  }
}
