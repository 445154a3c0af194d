package io.crescendo.connect.s3.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.connect.s3.S3ParquetSinkConnector;
import io.crescendo.connect.s3.layout.LayoutSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The configuration for Confluent's sink, which cannot be fetched where tests run: against what its
 * documentation says of its keys, and against the configuration of ours.
 */
class ConfluentConfigTest {

  private static final Path CONFIG = Path.of("config");
  private static final Map<String, String> VARIABLES =
      Map.of(
          "CRESCENDO_S3_ENDPOINT", "http://127.0.0.1:9000",
          "CRESCENDO_S3_REGION", "us-east-1",
          "CRESCENDO_WAREHOUSE_BUCKET", "warehouse",
          "CRESCENDO_LANDING_INTERVAL_MS", "60000",
          "CRESCENDO_SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081",
          "AWS_ACCESS_KEY_ID", "key",
          "AWS_SECRET_ACCESS_KEY", "secret");

  @Test
  void hasOnlyKeysThatConfluentsSinkKnowsWithLegalValues() throws IOException {
    assertThat(problems(config("confluent-s3-sink"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "flush.sise,10,flush.sise is no key",
    "flush.size,0,'flush.size must be 1..2147483647, got 0'",
    "s3.part.size,1000,'s3.part.size must be 5242880..2147483647, got 1000'",
    "timestamp.extractor,Clock,'timestamp.extractor must be one of'",
    "flush.size,many,'flush.size must be a number, got ''many'''"
  })
  void wouldBeRefusedWith(String key, String value, String problem) throws IOException {
    Map<String, String> config = config("confluent-s3-sink");
    config.put(key, value);
    assertThat(problems(config)).anyMatch(p -> p.contains(problem));
  }

  @Test
  void wouldBeRefusedWithoutWhatMustBeGiven() throws IOException {
    Map<String, String> config = config("confluent-s3-sink");
    config.remove("storage.class");
    assertThat(problems(config)).containsExactly("storage.class must be given");
  }

  @Test
  void landsTheSameTopicsUnderTheSameKeysAsOurs() throws IOException {
    Map<String, String> confluent = config("confluent-s3-sink");
    Map<String, String> ours = config("crescendo-s3-sink");
    assertThat(confluent.get("topics")).isEqualTo(ours.get("topics"));
    SinkSettings fromConfluent = SinkConfig.settings(movedHere(confluent));
    SinkSettings fromOurs = SinkConfig.settings(ours);
    assertThat(fromConfluent.layout()).isEqualTo(fromOurs.layout());
    assertThat(fromConfluent.format().codec()).isEqualTo(fromOurs.format().codec());
  }

  @Test
  void isValidHereOnceItsConnectorClassIsOurs() throws IOException {
    assertThat(
            new S3ParquetSinkConnector()
                .validate(movedHere(config("confluent-s3-sink")))
                .configValues())
        .flatExtracting(ConfigValue::errorMessages)
        .isEmpty();
  }

  @Test
  void mayHaveEveryKeyOfConfluentsSinkAtItsDefault() throws IOException {
    Map<String, String> config = movedHere(config("confluent-s3-sink"));
    ConfluentKey.all().values().forEach(k -> config.putIfAbsent(k.name(), k.standard()));
    config.put("timezone", "");
    config.put("locale", "");
    // What differs, and why, is in README.md.
    assertThat(problems(config)).isEmpty();
    assertThat(SinkConfig.validate(config)).flatExtracting(ConfigValue::errorMessages).isEmpty();
  }

  @Test
  void hasNoKeyThatIsKnownTwice() {
    assertThat(SinkConfig.definition().names()).noneMatch(ConfluentKeys::knows).isNotEmpty();
    assertThat(ConfluentKeys.WITHOUT_EFFECT.keySet())
        .doesNotContainAnyElementsOf(ConfluentKeys.REFUSED.keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "store.kafka.keys,true,'store.kafka.keys, which is a key of Confluent''s sink, must be false or not there, got ''true'': keys and headers'",
    "store.kafka.headers,true,'must be false or not there'",
    "s3.schema.partition.affix.type,PREFIX,'must be NONE or not there'"
  })
  void isRefusedHereWith(String key, String value, String problem) throws IOException {
    Map<String, String> config = movedHere(config("confluent-s3-sink"));
    config.put(key, value);
    assertThat(SinkConfig.validate(config))
        .filteredOn(v -> v.name().equals(key))
        .flatExtracting(ConfigValue::errorMessages)
        .singleElement()
        .asString()
        .contains(problem);
  }

  /** It is Confluent's default, and heeded by partitioners that go by time alone. */
  @ParameterizedTest
  @ValueSource(strings = {"DefaultPartitioner", "FieldPartitioner"})
  void mayHaveTheWallClockWhereNoDirectoryGoesByTime(String partitioner) throws IOException {
    Map<String, String> config = movedHere(config("confluent-s3-sink"));
    config.put("timestamp.extractor", "Wallclock");
    assertThat(SinkConfig.validate(config))
        .flatExtracting(ConfigValue::errorMessages)
        .singleElement()
        .asString()
        .contains("would get another path, and land twice");
    config.put("partitioner.class", "io.confluent.connect.storage.partitioner." + partitioner);
    config.put("partition.field.name", "genre");
    assertThat(SinkConfig.settings(config).layout().clock()).isEqualTo(LayoutSettings.Clock.RECORD);
  }

  private static Map<String, String> movedHere(Map<String, String> confluent) {
    Map<String, String> moved = new TreeMap<>(confluent);
    moved.put("connector.class", S3ParquetSinkConnector.class.getName());
    return moved;
  }

  @Test
  void differFromOursWithARegistryOnlyInTheConverter() throws IOException {
    Map<String, String> ours = config("crescendo-s3-sink");
    Map<String, String> registry = config("crescendo-s3-sink-registry");
    List<Map<String, String>> both = List.of(ours, registry);
    both.forEach(c -> c.keySet().removeIf(k -> k.startsWith("value.converter")));
    assertThat(registry).isEqualTo(ours);
  }

  private static List<String> problems(Map<String, String> config) throws IOException {
    Map<String, ConfluentKey> known = ConfluentKey.all();
    List<String> problems = new ArrayList<>();
    config.forEach(
        (key, value) -> {
          if (known.containsKey(key)) {
            problems.addAll(known.get(key).problems(value));
          } else if (UnknownKeys.isUnknown(key, known.keySet())) {
            problems.add("%s is no key of Confluent's sink".formatted(key));
          }
        });
    known.values().stream()
        .filter(k -> k.required() && !config.containsKey(k.name()))
        .forEach(k -> problems.add("%s must be given".formatted(k.name())));
    return problems;
  }

  private static Map<String, String> config(String name) throws IOException {
    Map<String, String> config =
        new ObjectMapper()
            .readValue(
                CONFIG.resolve(name + ".json").toFile(),
                new TypeReference<TreeMap<String, String>>() {});
    config.replaceAll(
        (key, value) ->
            Pattern.compile("\\$\\{env:([^}]+)}")
                .matcher(value)
                .replaceAll(m -> VARIABLES.get(m.group(1))));
    return config;
  }
}
