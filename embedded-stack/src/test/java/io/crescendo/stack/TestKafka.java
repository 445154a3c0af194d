package io.crescendo.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker for tests that need nothing of Kafka but an address: a container where Docker answers,
 * else the embedded broker. This is the one place that decides, and it says which it chose. Tests
 * of the embedded stack itself start that.
 */
public final class TestKafka implements AutoCloseable {

  private final String bootstrapServers;
  private final AutoCloseable broker;

  private TestKafka(String bootstrapServers, AutoCloseable broker) {
    this.bootstrapServers = bootstrapServers;
    this.broker = broker;
  }

  /**
   * Starts a broker of the version that the project uses.
   *
   * @param dir where an embedded one keeps its data
   */
  public static TestKafka start(Path dir) {
    if (DockerClientFactory.instance().isDockerAvailable()) {
      KafkaContainer container =
          new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())
              .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
              .withStartupTimeout(Duration.ofMinutes(3));
      container.start();
      say("container " + container.getDockerImageName());
      return new TestKafka(container.getBootstrapServers(), container);
    }
    EmbeddedBroker embedded = EmbeddedBroker.start(dir, Ports.free(), Map.of());
    say("embedded broker, because no Docker engine answers");
    return new TestKafka(embedded.bootstrapServers(), embedded);
  }

  /** Address for clients. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() throws Exception {
    broker.close();
  }

  private static void say(String what) {
    System.out.println("Kafka of this test: " + what);
  }
}
