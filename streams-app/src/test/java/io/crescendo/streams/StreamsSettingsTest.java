package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crescendo.registry.RegistrySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {

  @Test
  void haveDefaultsForEverything() {
    assertThat(StreamsSettings.of(Map.of()))
        .isEqualTo(
            new StreamsSettings(
                "127.0.0.1:9092",
                "crescendo-streams",
                Path.of(System.getProperty("java.io.tmpdir"), "crescendo-streams"),
                4,
                1,
                Duration.ofSeconds(1),
                128L << 20,
                GroupProtocol.CLASSIC,
                (short) -1,
                Optional.empty(),
                Duration.ofDays(30),
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                0,
                Optional.empty(),
                new HttpSettings("127.0.0.1", 8089, Optional.empty()),
                new AvroSettings(Optional.empty(), true),
                Map.of()));
  }

  @Test
  void readEveryKey() {
    Map<String, String> given =
        Map.ofEntries(
            Map.entry("bootstrap.servers", " a:1,b:2 "),
            Map.entry("application.id", "mine"),
            Map.entry("state.dir", "s"),
            Map.entry("partitions", "12"),
            Map.entry("threads", "3"),
            Map.entry("commit.interval", "PT0.5S"),
            Map.entry("rocksdb.bytes", "8388608"),
            Map.entry("group.protocol", "STREAMS"),
            Map.entry("replication.factor", "3"),
            Map.entry("genre.families", "f.txt"),
            Map.entry("deleted.horizon", "P1D"),
            Map.entry("observed.ahead", "PT1H"),
            Map.entry("start.timeout", "PT5S"),
            Map.entry("standby.replicas", "0"),
            Map.entry("http.host", "0.0.0.0"),
            Map.entry("http.port", "1234"),
            Map.entry("http.advertised", "one.example:80"),
            Map.entry("schema.registry.url", "http://r:1/, https://s:2"),
            Map.entry("schema.registry.user.info", "me:secret"),
            Map.entry("schema.registry.register", "false"),
            Map.entry("kafka.security.protocol", "SSL"));
    assertThat(StreamsSettings.of(given))
        .isEqualTo(
            new StreamsSettings(
                "a:1,b:2",
                "mine",
                Path.of("s"),
                12,
                3,
                Duration.ofMillis(500),
                8L << 20,
                GroupProtocol.STREAMS,
                (short) 3,
                Optional.of(Path.of("f.txt")),
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                0,
                Optional.empty(),
                new HttpSettings("0.0.0.0", 1234, Optional.of("one.example:80")),
                new AvroSettings(
                    Optional.of(RegistrySettings.of("http://r:1,https://s:2", "me:secret")), false),
                Map.of("security.protocol", "SSL")));
  }

  @Test
  void nameWhatKafkaAndTheFamiliesFileHaveAgainstThemAtOnce(@TempDir Path dir) throws Exception {
    Path families = Files.writeString(dir.resolve("families.txt"), "pop\n");
    Map<String, String> given =
        Map.of(
            "threads", "0",
            "genre.families", families.toString(),
            "kafka.acceptable.recovery.lag", "none");
    assertThat(refused(given).problems())
        .containsExactlyInAnyOrder(
            "threads must be 1 to 256, got 0",
            families + ":1: must be 'family: term, term', got 'pop'",
            "kafka.acceptable.recovery.lag: Invalid value none for configuration"
                + " acceptable.recovery.lag: Not a number of type LONG");
  }

  @Test
  void nameEveryKafkaPropertyThatIsWrongUnderTheKeyThatWasGiven() {
    Map<String, String> given =
        Map.ofEntries(
            Map.entry("comit.interval", "PT1S"),
            Map.entry("commit.interval", "PT20S"),
            Map.entry("kafka.transaction.timeout.ms", "15000"),
            Map.entry("kafka.max.task.idle.ms", "long"),
            Map.entry("kafka.retries", "-3"),
            Map.entry("kafka.security.protocol", "SSLX"),
            Map.entry("kafka.consumer.fetch.min.bytes", "x"),
            Map.entry("kafka.main.consumer.max.poll.records", "0"),
            Map.entry("kafka.producer.linger.ms", "y"),
            Map.entry("kafka.admin.request.timeout.ms", "z"),
            Map.entry("kafka.sasl.jaas.config", "hunter2"),
            Map.entry("kafka.consumer.of.an.interceptor", "anything"));
    InvalidSettingsException e = refused(given);
    assertThat(e.problems())
        .satisfiesExactlyInAnyOrder(
            p -> assertThat(p).startsWith("'comit.interval' is no setting"),
            p -> assertThat(p).startsWith("kafka.max.task.idle.ms: Invalid value long for"),
            p -> assertThat(p).startsWith("kafka.retries: Invalid value -3 for"),
            p -> assertThat(p).startsWith("kafka.security.protocol: Invalid value SSLX for"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "kafka.consumer.fetch.min.bytes: Invalid value x for configuration"
                            + " fetch.min.bytes: Not a number of type INT"),
            p -> assertThat(p).startsWith("kafka.main.consumer.max.poll.records: Invalid value 0"),
            p -> assertThat(p).startsWith("kafka.producer.linger.ms: Invalid value y for"),
            p -> assertThat(p).startsWith("kafka.admin.request.timeout.ms: Invalid value z for"),
            p -> assertThat(p).startsWith("kafka.*: Transaction timeout 15000 was set lower than"));
    assertThat(e).message().doesNotContain("hunter2");
  }

  @Test
  void nameAWrongTransactionTimeoutOnce() {
    assertThat(refused(Map.of("kafka.transaction.timeout.ms", "soon")).problems())
        .containsExactly(
            "kafka.transaction.timeout.ms: Invalid value soon for configuration"
                + " transaction.timeout.ms: Not a number of type INT");
  }

  @Test
  void leaveValuesOfConfigProvidersToKafka() {
    Map<String, String> given =
        Map.of(
            "kafka.config.providers", "env",
            "kafka.config.providers.env.class",
                "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
            "kafka.consumer.fetch.min.bytes", "${env:FETCH_MIN_BYTES}");
    assertThat(StreamsSettings.of(given).kafka()).containsKey("consumer.fetch.min.bytes");
    assertThatThrownBy(
            () -> StreamsSettings.of(Map.of("kafka.consumer.fetch.min.bytes", "${env:N}")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("kafka.consumer.fetch.min.bytes: Invalid value ${env:N} for");
  }

  @Test
  void nameEverythingThatIsWrongAtOnce() {
    Map<String, String> given =
        Map.of(
            "comit.interval", "PT1S",
            "threads", "0",
            "commit.interval", "1s",
            "partitions", "four",
            "group.protocol", "new",
            "replication.factor", "0",
            "application.id", "a b",
            "bootstrap.servers", " ",
            "kafka.processing.guarantee", "at_least_once",
            "kafka.bootstrap.servers", "x:1");
    InvalidSettingsException e = refused(given);
    assertThat(e.problems())
        .containsExactlyInAnyOrder(
            "'comit.interval' is no setting; the nearest is 'commit.interval'",
            "threads must be 1 to 256, got 0",
            "commit.interval must be an ISO-8601 duration such as PT1S, got '1s'",
            "partitions must be a whole number, got 'four'",
            "group.protocol must be classic or streams, got 'new'",
            "replication.factor must be -1, or 1 and more, got 0",
            "application.id must be 1 to 100 letters, digits, '.', '_' or '-', got 'a b'",
            "bootstrap.servers must not be empty",
            "'kafka.processing.guarantee' cannot be set: totals are exact under exactly_once_v2"
                + " only",
            "'kafka.bootstrap.servers' cannot be set: use 'bootstrap.servers'");
    assertThat(e)
        .hasMessageStartingWith("Nothing was started, because of 10 bad settings:")
        .hasMessageContaining("threads must be 1 to 256, got 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.partitioner.class",
        "kafka.producer.partitioner.class",
        "kafka.producer.partitioner.ignore.keys",
        "kafka.auto.offset.reset",
        "kafka.main.consumer.auto.offset.reset",
        "kafka.consumer.group.instance.id",
        "kafka.admin.bootstrap.servers"
      })
  void refuseWhatWouldBreakExactnessOfAnyClient(String key) {
    assertThatThrownBy(() -> StreamsSettings.of(Map.of(key, "x")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("'" + key + "' cannot be set: ");
  }

  @ParameterizedTest
  @CsvSource({
    "commit.interval,PT0.009S",
    "commit.interval,PT5M1S",
    "rocksdb.bytes,1000",
    "deleted.horizon,PT1S",
    "start.timeout,PT0S",
    "partitions,10001",
    "standby.replicas,10",
    "http.port,70000",
    "bootstrap.servers,'one:9092,two'",
    "bootstrap.servers,one:99999",
    "http.advertised,nowhere"
  })
  void refuseWhatIsOutOfRange(String key, String value) {
    assertThatThrownBy(() -> StreamsSettings.of(Map.of(key, value)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(key + " must be ");
  }

  @Test
  void refuseUnderTheStreamsProtocolWhatOnlyTheClassicOneKnows() {
    Map<String, String> given =
        Map.of("group.protocol", "streams", "standby.replicas", "1", "instance.id", "one");
    assertThat(refused(given).problems())
        .containsExactly(
            "standby.replicas must be 0 with group.protocol streams, got 1; set"
                + " streams.num.standby.replicas of the group with kafka-configs",
            "instance.id must be empty with group.protocol streams, which has no static members,"
                + " got 'one'");
  }

  @Test
  void becomeStandbysAndAStaticMember() {
    StreamsConfig config =
        new StreamsConfig(
            StreamsSettings.of(Map.of("standby.replicas", "2", "instance.id", "one"))
                .kafkaProperties());
    assertThat(config.getInt("num.standby.replicas")).isEqualTo(2);
    assertThat(config.getMainConsumerConfigs("g", "c", 1))
        .containsEntry("group.instance.id", "one-1");
  }

  @Test
  void wantAnAddressWhereTheHostIsNone() {
    assertThatThrownBy(() -> StreamsSettings.of(Map.of("http.host", "0.0.0.0")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "http.advertised must be set, because http.host is '0.0.0.0', where no other instance"
                + " can reach this one");
    assertThat(
            StreamsSettings.of(Map.of("http.host", "0.0.0.0", "http.port", "-1")).http().enabled())
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void documentEveryKey(Setting setting) {
    assertThat(setting.doc()).isNotBlank();
    assertThat(setting.key()).matches("[a-z.]+");
  }

  @Test
  void showNoValueOfAKafkaProperty() {
    assertThat(StreamsSettings.of(Map.of("kafka.sasl.jaas.config", "hunter2")).toString())
        .contains("kafka=[sasl.jaas.config]")
        .doesNotContain("hunter2");
  }

  @Test
  void showNoPasswordOfTheRegistry() {
    assertThat(
            StreamsSettings.of(
                    Map.of(
                        "schema.registry.url", "http://r:1",
                        "schema.registry.user.info", "me:hunter2"))
                .toString())
        .contains("http://r:1", "user=me")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "schema.registry.url,nowhere,schema.registry.url: the registry's address must be such as",
    "schema.registry.register,perhaps,'schema.registry.register must be true or false, got ''perhaps'''",
    "schema.registry.user.info,a:hunter2,'schema.registry.user.info is given, so schema.registry.url must be, too'"
  })
  void refuseWhatIsNoRegistry(String key, String value, String problem) {
    assertThatThrownBy(() -> StreamsSettings.of(Map.of(key, value)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void becomeKafkaPropertiesThatKeepTotalsExact() {
    Properties kafka =
        StreamsSettings.of(Map.of("kafka.linger.ms", "5", "commit.interval", "PT2S"))
            .kafkaProperties();
    StreamsConfig config = new StreamsConfig(kafka);
    assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(config.getLong("commit.interval.ms")).isEqualTo(2_000);
    assertThat(config.getBoolean("ensure.explicit.internal.resource.naming")).isTrue();
    assertThat(config.getProducerConfigs("p")).containsEntry("linger.ms", "5");
    assertThat(config.getProducerConfigs("p")).containsEntry("compression.type", "lz4");
  }

  @Test
  void letATransactionTakeLongerThanACommitInterval() {
    assertThat(StreamsSettings.of(Map.of()).kafkaProperties())
        .containsEntry("producer.transaction.timeout.ms", "10000");
    assertThat(StreamsSettings.of(Map.of("commit.interval", "PT5M")).kafkaProperties())
        .containsEntry("producer.transaction.timeout.ms", "600000");
    assertThatThrownBy(
            () ->
                StreamsSettings.of(
                    Map.of("commit.interval", "PT20S", "kafka.transaction.timeout.ms", "15000")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("kafka.*: Transaction timeout 15000 was set lower than");
  }

  @Test
  void leaveTheSessionToTheBrokerUnderTheStreamsProtocol() {
    assertThat(StreamsSettings.of(Map.of()).kafkaProperties())
        .containsEntry("consumer.session.timeout.ms", "10000");
    assertThat(StreamsSettings.of(Map.of("group.protocol", "streams")).kafkaProperties())
        .doesNotContainKeys("consumer.session.timeout.ms", "consumer.heartbeat.interval.ms");
  }

  private static InvalidSettingsException refused(Map<String, String> given) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> StreamsSettings.of(given));
  }
}
