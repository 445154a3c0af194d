package io.crescendo.benchmarks.sink;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * Configurations of the connectors that are compared, each a map as Connect takes it.
 *
 * @param s3 endpoint that all of them write to
 * @param bucket the bucket
 * @param credentials for it
 * @param region for it
 * @param rotationMillis how often a sink lands or commits
 * @param dir for the Iceberg catalog
 */
record Sinks(
    URI s3,
    String bucket,
    AwsBasicCredentials credentials,
    String region,
    long rotationMillis,
    Path dir) {

  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final String STRUCTS = SingleObjectAvroConverter.class.getName();

  Map<String, String> noOp(boolean structs) {
    Map<String, String> config = common(structs);
    config.put("connector.class", NoOpSinkConnector.class.getName());
    config.put(NoOpSinkTask.ROTATION, Long.toString(rotationMillis));
    return config;
  }

  Map<String, String> ours(boolean structs, String directory) {
    Map<String, String> config = common(structs);
    config.put("connector.class", "io.crescendo.connect.s3.S3ParquetSinkConnector");
    config.put("avro.schemas", "classpath:avro/artist.avsc");
    config.put("store.url", s3.toString());
    config.put("s3.bucket.name", bucket);
    config.put("s3.region", region);
    config.put("aws.access.key.id", credentials.accessKeyId());
    config.put("aws.secret.access.key", credentials.secretAccessKey());
    config.put("topics.dir", directory);
    config.put("partitioner.class", "TimeBasedPartitioner");
    config.put("path.format", "'dt'=yyyy-MM-dd");
    config.put("partition.duration.ms", "86400000");
    config.put("timezone", "UTC");
    config.put("locale", "en");
    config.put("timestamp.extractor", "Record");
    config.put("rotate.schedule.interval.ms", Long.toString(rotationMillis));
    config.put("parquet.codec", "zstd");
    return config;
  }

  Map<String, String> iceberg(String table) {
    Map<String, String> config = common(true);
    config.put("connector.class", "org.apache.iceberg.connect.IcebergSinkConnector");
    config.put("iceberg.tables", "benchmark." + table);
    config.put("iceberg.tables.auto-create-enabled", "true");
    config.put("iceberg.tables.auto-create-props.write.parquet.compression-codec", "zstd");
    config.put("iceberg.control.commit.interval-ms", Long.toString(rotationMillis));
    config.put("iceberg.control.topic", "control-" + table);
    config.put("iceberg.catalog.catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    config.put("iceberg.catalog.uri", "jdbc:sqlite:" + dir.resolve(table + ".db"));
    config.put("iceberg.catalog.jdbc.schema-version", "V1");
    config.put("iceberg.catalog.warehouse", "s3://" + bucket + "/iceberg-" + table);
    config.put("iceberg.catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
    config.put("iceberg.catalog.http-client.type", "urlconnection");
    config.put("iceberg.catalog.client.region", region);
    config.put("iceberg.catalog.s3.endpoint", s3.toString());
    config.put("iceberg.catalog.s3.path-style-access", "true");
    config.put("iceberg.catalog.s3.access-key-id", credentials.accessKeyId());
    config.put("iceberg.catalog.s3.secret-access-key", credentials.secretAccessKey());
    return config;
  }

  private static Map<String, String> common(boolean structs) {
    Map<String, String> config = new HashMap<>();
    config.put("tasks.max", "1");
    config.put("key.converter", BYTES);
    config.put("value.converter", structs ? STRUCTS : BYTES);
    config.put("consumer.override.auto.offset.reset", "earliest");
    // as the configurations that are shipped have it; else a consumer of one partition waits for
    // the broker at each MiB
    config.put("consumer.override.max.poll.records", "5000");
    config.put("consumer.override.max.partition.fetch.bytes", "8388608");
    return config;
  }
}
