package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.parquet.Compatibility;
import io.crescendo.connect.s3.parquet.MetadataColumn;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How rows are written.
 *
 * @param codec page compression
 * @param zstdLevel how hard zstd tries
 * @param rowGroupBytes data after which a row group ends
 * @param schemas schemas of byte values; of those of the same name, the oldest first
 * @param compatibility which rows share a file
 * @param metadata columns about the record, after the row's own
 * @param ignoreNulls whether a null value is passed over rather than an error
 */
public record FormatSettings(
    CompressionCodecName codec,
    int zstdLevel,
    long rowGroupBytes,
    List<Schema> schemas,
    Compatibility compatibility,
    List<MetadataColumn> metadata,
    boolean ignoreNulls) {

  /** Makes the lists unmodifiable. */
  public FormatSettings {
    schemas = List.copyOf(schemas);
    metadata = List.copyOf(metadata);
  }
}
