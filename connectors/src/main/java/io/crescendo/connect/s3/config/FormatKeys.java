package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.parquet.AvroRowTypes;
import io.crescendo.connect.s3.parquet.Codec;
import io.crescendo.connect.s3.parquet.Compatibility;
import io.crescendo.connect.s3.parquet.MetadataColumn;
import io.crescendo.connect.s3.parquet.MetadataRowTypes;
import io.crescendo.connect.s3.parquet.ParquetFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Keys about what is in the files. */
final class FormatKeys {

  private static final String FORMAT = "format.class";
  private static final String STORAGE = "storage.class";
  private static final String COMPATIBILITY = "schema.compatibility";
  private static final String CODEC = "parquet.codec";
  private static final String ZSTD_LEVEL = "parquet.zstd.level";
  private static final String ROW_GROUP = "parquet.row.group.bytes";
  private static final String SCHEMAS = "avro.schemas";
  private static final String METADATA = "metadata.columns";
  private static final String NULLS = "behavior.on.null.values";

  private static final Map<String, CompressionCodecName> CODECS =
      Map.of(
          "none", CompressionCodecName.UNCOMPRESSED,
          "snappy", CompressionCodecName.SNAPPY,
          "gzip", CompressionCodecName.GZIP,
          "zstd", CompressionCodecName.ZSTD,
          "lz4", CompressionCodecName.LZ4_RAW);

  private static final Set<String> COMPATIBILITIES =
      Arrays.stream(Compatibility.values())
          .map(c -> c.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());

  private static final Map<String, MetadataColumn> METADATA_COLUMNS =
      Arrays.stream(MetadataColumn.values())
          .collect(Collectors.toMap(MetadataColumn::key, c -> c, (a, b) -> a, LinkedHashMap::new));

  private FormatKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            FORMAT,
            Type.STRING,
            "ParquetFormat",
            Rules.parses("ParquetFormat, the only format", f -> isClass(f, "parquetformat")),
            Importance.LOW,
            "Accepted for Confluent's configurations; anything but Parquet is refused.")
        .define(
            STORAGE,
            Type.STRING,
            "S3Storage",
            Rules.parses("S3Storage, the only storage", s -> isClass(s, "s3storage")),
            Importance.LOW,
            "Accepted for Confluent's configurations; anything but S3 is refused.")
        .define(
            COMPATIBILITY,
            Type.STRING,
            "NONE",
            Rules.oneOf(COMPATIBILITIES),
            Importance.MEDIUM,
            "Which rows share a file when schemas change. NONE: only those of the same schema;"
                + " interleaved versions fill files side by side. BACKWARD: older rows become rows of"
                + " the newest schema seen so far. FORWARD: newer rows become rows of the oldest"
                + " schema of their file. FULL: as BACKWARD, where each schema can read the rows of"
                + " the others. What is newer says the schema's version, the order of"
                + " avro.schemas, or the registry's id; rows of a schema without a version share files with each other"
                + " only. A row without a form in its file's schema ends the files that are open.")
        .define(
            CODEC,
            Type.STRING,
            "zstd",
            Rules.oneOf(CODECS.keySet()),
            Importance.LOW,
            "Compression of Parquet pages.")
        .define(
            ZSTD_LEVEL,
            Type.INT,
            Codec.ZSTD_LEVEL,
            Range.between(1, 22),
            Importance.LOW,
            "How hard zstd tries: 1 is the fastest, 22 gives the smallest files. Other codecs do not"
                + " heed it.")
        .define(
            ROW_GROUP,
            Type.LONG,
            ParquetFile.ROW_GROUP_BYTES,
            Range.between(64L * 1024, Integer.MAX_VALUE),
            Importance.LOW,
            "Bytes of data after which a row group of a file ends. Readers skip whole row groups;"
                + " smaller ones let them skip more, and compress less.")
        .define(
            SCHEMAS,
            Type.LIST,
            List.of(),
            Importance.MEDIUM,
            "Avro schemas of byte values in single-object encoding, with ByteArrayConverter:"
                + " classpath:avro/artist.avsc, or paths of files. List older versions too, for as"
                + " long as the topic holds records of them, and before the newer ones.")
        .define(
            METADATA,
            Type.LIST,
            List.of(),
            Importance.LOW,
            "Columns about the Kafka record, after those of the value: partition (column"
                + " kafka_partition), offset (kafka_offset), timestamp (kafka_timestamp). A value"
                + " with a field of that name, in upper or lower case, is refused.")
        .define(
            NULLS,
            Type.STRING,
            "fail",
            Rules.oneOf(Set.of("ignore", "fail")),
            Importance.LOW,
            "What becomes of a record without a value: ignore passes over it, fail treats it as a"
                + " bad record.");
  }

  static void check(Values values) {
    if (!values.fine(SCHEMAS)) {
      return;
    }
    List<Schema> schemas = new ArrayList<>();
    for (String location : values.list(SCHEMAS)) {
      try {
        schemas.add(SchemaFiles.read(location));
        new AvroRowTypes(List.of(schemas.get(schemas.size() - 1)));
      } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
        values.problem(SCHEMAS, "names '%s': %s".formatted(location, e.getMessage()));
      }
    }
    checkMetadata(values, schemas);
    if (values.fine(COMPATIBILITY, SCHEMAS)) {
      compatibility(values)
          .problems(schemas)
          .forEach(
              p -> values.problem(SCHEMAS, "must hold the older versions before the newer: " + p));
    }
  }

  private static void checkMetadata(Values values, List<Schema> schemas) {
    List<String> names = values.list(METADATA);
    if (!METADATA_COLUMNS.keySet().containsAll(names)
        || new HashSet<>(names).size() < names.size()) {
      values.problem(
          METADATA,
          "must hold each of %s at most once, got %s".formatted(METADATA_COLUMNS.keySet(), names));
    } else if (values.fine(SCHEMAS)) {
      for (Schema schema : schemas) {
        try {
          MetadataRowTypes.check(schema, metadata(values));
        } catch (IllegalArgumentException e) {
          values.problem(METADATA, "clashes with avro.schemas: " + e.getMessage());
        }
      }
    }
  }

  private static List<MetadataColumn> metadata(Values values) {
    return values.list(METADATA).stream().map(METADATA_COLUMNS::get).toList();
  }

  static FormatSettings read(Values values) {
    return new FormatSettings(
        CODECS.get(values.text(CODEC).toLowerCase(Locale.ROOT)),
        values.integer(ZSTD_LEVEL),
        values.number(ROW_GROUP),
        schemas(values.list(SCHEMAS)),
        compatibility(values),
        metadata(values),
        values.text(NULLS).equalsIgnoreCase("ignore"));
  }

  private static Compatibility compatibility(Values values) {
    return Compatibility.valueOf(values.text(COMPATIBILITY).toUpperCase(Locale.ROOT));
  }

  private static List<Schema> schemas(List<String> locations) {
    List<Schema> schemas = new ArrayList<>();
    for (String location : locations) {
      try {
        schemas.add(SchemaFiles.read(location));
      } catch (IOException e) {
        throw new IllegalStateException(location + " was readable a moment ago", e);
      }
    }
    return schemas;
  }

  private static void isClass(String className, String expected) {
    if (!LayoutKeys.simpleName(className).equals(expected)) {
      throw new IllegalArgumentException(className);
    }
  }
}
