package io.crescendo.connect.s3.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.connect.s3.S3ParquetSinkConnector;
import io.crescendo.connect.s3.layout.LayoutSettings.Clock;
import io.crescendo.connect.s3.layout.LayoutSettings.Partitioning;
import io.crescendo.connect.s3.parquet.Compatibility;
import io.crescendo.connect.s3.parquet.MetadataColumn;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkConfigTest {

  @Test
  void takesNullForAKeyThatIsNotSet() {
    Map<String, String> properties = properties();
    for (String key : SinkConfig.definition().names()) {
      properties.putIfAbsent(key, null);
    }
    assertThat(SinkConfig.settings(properties)).isEqualTo(SinkConfig.settings(properties()));
  }

  @Test
  void hasTheDefaultsOfConfluentsSink() {
    SinkSettings settings = SinkConfig.settings(properties());
    assertThat(settings.store().region()).isEqualTo("us-west-2");
    assertThat(settings.store().endpoint()).isNull();
    assertThat(settings.store().pathStyle()).isTrue();
    assertThat(settings.store().partSize()).isEqualTo(26_214_400);
    assertThat(settings.store().retries()).isEqualTo(3);
    assertThat(settings.store().retryBackoff()).isEqualTo(Duration.ofMillis(200));
    assertThat(settings.store().identity().accessKeyId()).isNull();
    assertThat(settings.store().conditionalWrites()).isTrue();
    assertThat(settings.layout().topicsDir()).isEqualTo("topics");
    assertThat(settings.layout().directoryDelimiter()).isEqualTo("/");
    assertThat(settings.layout().fileDelimiter()).isEqualTo("+");
    assertThat(settings.layout().offsetDigits()).isEqualTo(10);
    assertThat(settings.layout().partitioning()).isEqualTo(Partitioning.KAFKA_PARTITION);
    assertThat(settings.layout().zone()).isEqualTo(java.time.ZoneId.of("UTC"));
    assertThat(settings.layout().clock()).isEqualTo(Clock.RECORD);
    assertThat(settings.layout().timestampField()).isEqualTo("timestamp");
    assertThat(settings.rotation().records()).isEqualTo(1000);
    assertThat(settings.rotation().bytes()).isZero();
    assertThat(settings.rotation().recordTimeMillis()).isZero();
    assertThat(settings.rotation().wallClockMillis()).isZero();
    assertThat(settings.format().codec()).isEqualTo(CompressionCodecName.ZSTD);
    assertThat(settings.format().zstdLevel()).isEqualTo(3);
    assertThat(settings.format().rowGroupBytes()).isEqualTo(134_217_728);
    assertThat(settings.format().compatibility()).isEqualTo(Compatibility.NONE);
    assertThat(settings.format().ignoreNulls()).isFalse();
    assertThat(settings.bufferBytes()).isEqualTo(134_217_728);
    assertThat(settings.uploadThreads()).isEqualTo(4);
    assertThat(settings.retryBackoff()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void takesEveryKeyAsConfiguredWithConfluentsClassNames() {
    SinkSettings settings =
        SinkConfig.settings(
            properties(
                "s3.region", "eu-central-1",
                "store.url", "http://127.0.0.1:9000",
                "s3.path.style.access.enabled", "false",
                "s3.part.size", "5242880",
                "s3.part.retries", "7",
                "s3.retry.backoff.ms", "9",
                "aws.access.key.id", "key",
                "aws.secret.access.key", "hush",
                "s3.conditional.writes", "false",
                "topics.dir", "tables/",
                "directory.delim", "/",
                "file.delim", "-",
                "filename.offset.zero.pad.width", "5",
                "partitioner.class",
                    "io.confluent.connect.storage.partitioner.TimeBasedPartitioner",
                "path.format", "'dt'=YYYY-MM-dd",
                "partition.duration.ms", "86400000",
                "timezone", "Asia/Tokyo",
                "locale", "de_DE",
                "timestamp.extractor", "RecordField",
                "timestamp.field", "observed_at",
                "rotate.interval.ms", "60000",
                "rotate.schedule.interval.ms", "120000",
                "format.class", "io.confluent.connect.s3.format.parquet.ParquetFormat",
                "storage.class", "io.confluent.connect.s3.storage.S3Storage",
                "schema.compatibility", "BACKWARD",
                "parquet.codec", "snappy",
                "parquet.zstd.level", "1",
                "parquet.row.group.bytes", "1048576",
                "flush.bytes", "500000",
                "avro.schemas", "classpath:avro/artist.avsc, classpath:avro/reject.avsc",
                "behavior.on.null.values", "ignore",
                "buffer.memory.bytes", "2097152",
                "upload.threads", "2",
                "retry.backoff.ms", "100"));
    assertThat(settings.store().endpoint()).hasToString("http://127.0.0.1:9000");
    assertThat(settings.store().identity().secretAccessKey().value()).isEqualTo("hush");
    assertThat(settings.toString()).doesNotContain("hush");
    assertThat(settings.store().conditionalWrites()).isFalse();
    assertThat(settings.layout().topicsDir()).isEqualTo("tables");
    assertThat(settings.layout().partitioning()).isEqualTo(Partitioning.TIME);
    assertThat(settings.layout().zone()).hasToString("Asia/Tokyo");
    assertThat(settings.layout().locale()).hasToString("de_DE");
    assertThat(settings.layout().clock()).isEqualTo(Clock.FIELD);
    assertThat(settings.layout().timestampField()).isEqualTo("observed_at");
    assertThat(settings.rotation().recordTimeMillis()).isEqualTo(60_000);
    assertThat(settings.rotation().wallClockMillis()).isEqualTo(120_000);
    assertThat(settings.format().codec()).isEqualTo(CompressionCodecName.SNAPPY);
    assertThat(settings.rotation().bytes()).isEqualTo(500_000);
    assertThat(settings.format().zstdLevel()).isEqualTo(1);
    assertThat(settings.format().rowGroupBytes()).isEqualTo(1_048_576);
    assertThat(settings.format().compatibility()).isEqualTo(Compatibility.BACKWARD);
    assertThat(settings.format().schemas()).hasSize(2);
    assertThat(settings.format().ignoreNulls()).isTrue();
    assertThat(settings.bufferBytes()).isEqualTo(2_097_152);
    assertThat(settings.uploadThreads()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "DailyPartitioner, \"'year'=YYYY/'month'=MM/'day'=dd\", 86400000",
    "io.confluent.connect.storage.partitioner.HourlyPartitioner,"
        + " \"'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH\", 3600000",
  })
  void knowsThePathsOfDailyAndHourlyPartitioners(String name, String format, long duration) {
    SinkSettings settings = SinkConfig.settings(properties("partitioner.class", name));
    assertThat('"' + settings.layout().pathFormat() + '"').isEqualTo(format);
    assertThat(settings.layout().durationMillis()).isEqualTo(duration);
  }

  @Test
  void joinsTheLevelsOfDailyPartitionersWithTheDelimiter() {
    SinkSettings settings =
        SinkConfig.settings(
            properties("partitioner.class", "HourlyPartitioner", "directory.delim", "_"));
    assertThat(settings.layout().pathFormat())
        .isEqualTo("'year'=YYYY_'month'=MM_'day'=dd_'hour'=HH");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {"'dt'=yyyy-MM-dd/,/", "'dt'=yyyy-MM-dd_,_"})
  void takesADelimiterAtTheEndOfThePathFormatForNoFurtherLevel(String format, String delimiter) {
    SinkSettings settings =
        SinkConfig.settings(
            properties(
                "partitioner.class",
                "TimeBasedPartitioner",
                "path.format",
                format,
                "directory.delim",
                delimiter,
                "partition.duration.ms",
                "1000"));
    assertThat(settings.layout().pathFormat()).isEqualTo("'dt'=yyyy-MM-dd");
  }

  @Test
  void takesZeroForOffWhereConfluentsSinkDoes() {
    SinkSettings settings =
        SinkConfig.settings(
            properties(
                "rotate.interval.ms", "0",
                "rotate.schedule.interval.ms", "0",
                "partition.duration.ms", "0",
                "retry.backoff.ms", "0"));
    assertThat(settings.rotation().recordTimeMillis()).isZero();
    assertThat(settings.rotation().wallClockMillis()).isZero();
    // Without any pause, a task would ask a store that is away without end.
    assertThat(settings.retryBackoff()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void takesBlanksForTheDefaultsOfTimezoneAndLocale() {
    assertThat(SinkConfig.settings(properties("timezone", "", "locale", " ")))
        .isEqualTo(SinkConfig.settings(properties()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3.bucket.name | ' ' | must not be blank",
        "store.url | localhost:9000 | must be an http or https URL",
        "s3.part.size | 100 | Value must be at least 5242880",
        "aws.access.key.id | key | aws.secret.access.key must be set together with",
        "s3.ssea.name | DES | must be blank or one of AES256, aws:kms",
        "s3.sse.kms.key.id | k | s3.sse.kms.key.id is of use only with s3.ssea.name=aws:kms",
        "s3.sse.customer.key | hush | s3.sse.customer.key is of use only with s3.ssea.name=AES256",
        "s3.sse.customer.key | hush | s3.sse.customer.key must be 32 bytes in base 64",
        "s3.acl.canned | everyone | must be blank or one of authenticated-read, aws-exec-read",
        "s3.object.tagging.key.value.pairs | a:b | is of use only with s3.object.tagging=true",
        "s3.object.tagging.key.value.pairs | ab | must be key:value, of at most 128 and 256 characters, got 'ab'",
        "s3.object.tagging.key.value.pairs | a:b,a:c | must hold each key once",
        "s3.object.tagging.key.value.pairs | endOffset:1 | must not hold 'endOffset'",
        "s3.object.tagging.key.value.pairs | a:,b:,c:,d:,e:,f:,g:,h: | must be at most 7, got 8",
        "s3.proxy.url | proxy:3128 | must be an http or https URL with a port",
        "s3.proxy.url | http://user:secret@proxy:3128 | value [hidden] for configuration s3.proxy.url: must be an http or https URL with a port, and without",
        "s3.proxy.user | user | s3.proxy.url must be set together with s3.proxy.user",
        "s3.proxy.user | user | s3.proxy.password must be set together with s3.proxy.user",
        "s3.proxy.password | hush | s3.proxy.user must be set together with s3.proxy.password",
        "s3.credentials.provider.class | com.example.None | got 'com.example.None': the plugin has no such class",
        "s3.credentials.provider.class | com.amazonaws.auth.STSAssumeRoleSessionCredentialsProvider | no such class; it is one of SDK v1, so take one of software.amazon.awssdk.auth.credentials., or the keys of a user or a role",
        "s3.credentials.provider.class | java.lang.String | it does not implement software.amazon.awssdk",
        "s3.credentials.provider.file | x | must name the provider that takes s3.credentials.provider.file",
        "s3.credentials.provider.class | io.confluent.connect.s3.auth.AwsAssumeRoleCredentialsProvider | sts.role.arn must be set",
        "sts.role.external.id | x | sts.role.external.id is of use only with sts.role.arn",
        "sts.region | eu-west-1 | sts.region is of use only with sts.role.arn",
        "topics.dir | ../elsewhere | must be a path of at most 300 bytes without",
        "partitioner.class | MyPartitioner | must be one of DefaultPartitioner",
        "partitioner.class | FieldPartitioner | partition.field.name must name at least one field",
        "partitioner.class | TimeBasedPartitioner | path.format must be set",
        "partitioner.class | FieldAndTimeBasedPartitioner | must name at least one field for FieldAndTimeBased",
        "partitioner.class | FieldAndTimeBasedPartitioner | path.format must be set for FieldAndTimeBased",
        "partitioner.class | FieldAndTimeBasedPartitioner | partition.duration.ms must be set for Field",
        "metadata.columns | offset,headers | must hold each of [partition, offset, timestamp] at most once",
        "metadata.columns | offset,offset | must hold each of [partition, offset, timestamp] at most once",
        "partitioner.class | TimeBasedPartitioner | partition.duration.ms must be set",
        "path.format | dt=yyyy | must be a Joda-Time pattern",
        "timezone | Mars/Olympus | must be a time zone",
        "timestamp.extractor | Sundial | must be Record or RecordField, got 'Sundial'",
        "flush.size | 0 | must be at least 1, or -1 for off",
        "flush.size | -1 | nothing would land until the memory is full",
        "flush.bytes | 33554433 | must be at most a quarter of buffer.memory.bytes, which is 134217728",
        "flush.bytes | 0 | must be at least 1, or -1 for off",
        "parquet.zstd.level | 23 | Value must be no more than 22",
        "parquet.row.group.bytes | 10 | Value must be at least 65536",
        "format.class | io.confluent.connect.s3.format.json.JsonFormat | ParquetFormat",
        "schema.compatibility | TRANSITIVE | must be one of backward, forward, full, none",
        "parquet.codec | brotli | must be one of gzip, lz4, none, snappy, zstd",
        "avro.schemas | classpath:avro/nothing.avsc | there is no such resource",
        "behavior.on.null.values | write | must be one of fail, ignore",
        "buffer.memory.bytes | 1 | Value must be at least 1048576",
        "upload.threads | many | Not a number of type INT",
        "flush.sise | 5 | not a key of this connector; the nearest is flush.size",
      })
  void saysWhatIsWrong(String key, String value, String problem) {
    assertThatThrownBy(() -> SinkConfig.settings(properties(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void reportsAllProblemsAtOnceEachWithItsKey() {
    Map<String, String> bad =
        properties(
            "s3.bucket.name", "",
            "partitioner.class", "TimeBasedPartitioner",
            "timestamp.extractor", "Wallclock",
            "flush.size", "x",
            "aws.secret.access.key", "hush",
            "aws.secret.acess.key", "hush");
    Map<String, List<String>> problems = new HashMap<>();
    for (ConfigValue value : new S3ParquetSinkConnector().validate(bad).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        problems.put(value.name(), value.errorMessages());
      }
    }
    assertThat(problems)
        .containsOnlyKeys(
            "s3.bucket.name",
            "path.format",
            "partition.duration.ms",
            "timestamp.extractor",
            "flush.size",
            "aws.access.key.id",
            "aws.secret.acess.key");
    assertThatThrownBy(() -> SinkConfig.settings(bad))
        .hasMessageStartingWith("7 problems in the connector's configuration: ")
        .hasMessageNotContaining("hush");
  }

  @Test
  void readsFieldAndTimePartitioningAndMetadataColumns() {
    SinkSettings settings =
        SinkConfig.settings(
            properties(
                "partitioner.class", "com.example.FieldAndTimeBasedPartitioner",
                "partition.field.name", "genre, tier",
                "path.format", "'dt'=yyyy-MM-dd",
                "partition.duration.ms", "86400000",
                "metadata.columns", "timestamp,offset"));
    assertThat(settings.layout().partitioning()).isEqualTo(Partitioning.FIELD_AND_TIME);
    assertThat(settings.layout().fields()).containsExactly("genre", "tier");
    assertThat(settings.layout().pathFormat()).isEqualTo("'dt'=yyyy-MM-dd");
    assertThat(settings.format().metadata())
        .containsExactly(MetadataColumn.TIMESTAMP, MetadataColumn.OFFSET);
  }

  @Test
  void saysWhichSchemaHasAFieldOfAMetadataColumnsName(@TempDir Path directory) throws Exception {
    Path schema = directory.resolve("song.avsc");
    Files.writeString(
        schema,
        """
        {"type": "record", "name": "song", "fields": [{"name": "kafka_offset", "type": "long"}]}""");
    Map<String, String> properties =
        properties("avro.schemas", schema.toString(), "metadata.columns", "offset");
    assertThatThrownBy(() -> SinkConfig.settings(properties))
        .hasMessageContaining(
            "metadata.columns clashes with avro.schemas: song has a field 'kafka_offset' of its own");
  }

  @Test
  void saysWhichVersionsOfASchemaDoNotGoTogether(@TempDir Path directory) throws Exception {
    String record = "{'type':'record','name':'song','fields':[%s]}".replace('\'', '"');
    Path first = directory.resolve("1.avsc");
    Path second = directory.resolve("2.avsc");
    Files.writeString(first, record.formatted("{\"name\":\"a\",\"type\":\"int\"}"));
    Files.writeString(second, record.formatted("{\"name\":\"b\",\"type\":\"int\"}"));
    Map<String, String> properties =
        properties("avro.schemas", first + "," + second, "schema.compatibility", "backward");
    assertThatThrownBy(() -> SinkConfig.settings(properties))
        .hasMessageContaining(
            "avro.schemas must hold the older versions before the newer: song: version 2 cannot"
                + " read rows of version 1, as schema.compatibility=BACKWARD needs: b at /fields/0");
    properties.put("schema.compatibility", "FORWARD");
    assertThatThrownBy(() -> SinkConfig.settings(properties))
        .hasMessageContaining("song: version 1 cannot read rows of version 2");
    properties.put("schema.compatibility", "FULL");
    assertThatThrownBy(() -> SinkConfig.settings(properties))
        .hasMessageContaining("version 1 cannot read rows of version 2")
        .hasMessageContaining("version 2 cannot read rows of version 1");
    properties.put("schema.compatibility", "NONE");
    assertThat(SinkConfig.settings(properties).format().schemas()).hasSize(2);
  }

  @Test
  void leavesConnectsOwnKeysAlone() {
    assertThat(
            SinkConfig.settings(
                properties(
                    "name", "n",
                    "connector.class", "c",
                    "tasks.max", "1",
                    "topics", "t",
                    "value.converter.schemas.enable", "false",
                    "errors.deadletterqueue.topic.name", "dlq",
                    "consumer.override.isolation.level", "read_committed",
                    "transforms", "a",
                    "transforms.a.type", "x")))
        .isNotNull();
  }

  @Test
  void acceptsThePipelinesOwnConfiguration() throws Exception {
    Map<String, String> shipped = shipped("crescendo-s3-sink.json");
    assertThat(shipped)
        .containsEntry("connector.class", S3ParquetSinkConnector.class.getName())
        .containsEntry("store.url", "${env:CRESCENDO_S3_ENDPOINT}");
    shipped.replaceAll(
        (key, value) ->
            switch (value) {
              case "${env:CRESCENDO_S3_ENDPOINT}" -> "http://127.0.0.1:9000";
              case "${env:CRESCENDO_LANDING_INTERVAL_MS}" -> "5000";
              default -> value.replaceFirst("^\\$\\{env:.*}$", "resolved");
            });
    SinkSettings settings = SinkConfig.settings(shipped);
    assertThat(settings.format().schemas()).hasSize(3);
    assertThat(settings.layout().topicsDir()).isEqualTo("tables");
    assertThat(settings.layout().pathFormat()).isEqualTo("'dt'=yyyy-MM-dd");
    assertThat(settings.layout().zone().normalized()).isEqualTo(ZoneOffset.UTC);
    assertThat(settings.rotation().wallClockMillis()).isEqualTo(5000);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> shipped(String name) throws Exception {
    try (InputStream in = SinkConfigTest.class.getResourceAsStream("/connector-config/" + name)) {
      return new HashMap<>(new ObjectMapper().readValue(in, Map.class));
    }
  }

  static Map<String, String> properties(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("s3.bucket.name", "warehouse");
    properties.put("flush.size", "1000");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }
}
