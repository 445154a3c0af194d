package io.crescendo.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoresTest {

  private static final String STORE = "sums";

  @TempDir private Path dir;

  @Test
  void keepsTheStateOfATopology() {
    try (TopologyTestDriver driver = driver()) {
      send(driver, "a", 1);
      send(driver, "b", 5);
      send(driver, "a", 2);
      assertThat(sums(driver).get("a")).isEqualTo(3);
      assertThat(sums(driver).approximateNumEntries()).isEqualTo(2);
      assertThat(sums(driver).get("c")).isNull();
      assertThat(dir.resolve("app/0_0/log/sums")).isDirectory();
      assertThat(driver.producedTopicNames()).containsExactly("app-sums-changelog");
    }
  }

  private TopologyTestDriver driver() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    return new TopologyTestDriver(topology(), properties);
  }

  private static Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            LogStores.keyValueStore(STORE, LogStores.MAX_SEGMENT_BYTES),
            Serdes.String(),
            Serdes.Long()));
    builder.stream("numbers", Consumed.with(Serdes.String(), Serdes.Long()))
        .process(Sum::new, STORE);
    return builder.build();
  }

  private static final class Sum extends ContextualProcessor<String, Long, Void, Void> {

    @Override
    public void process(Record<String, Long> number) {
      KeyValueStore<String, Long> sums = context().getStateStore(STORE);
      Long before = sums.get(number.key());
      sums.put(number.key(), (before == null ? 0 : before) + number.value());
    }
  }

  private static void send(TopologyTestDriver driver, String key, long number) {
    driver
        .createInputTopic("numbers", new StringSerializer(), new LongSerializer())
        .pipeInput(key, number);
  }

  private static KeyValueStore<String, Long> sums(TopologyTestDriver driver) {
    return driver.getKeyValueStore(STORE);
  }
}
