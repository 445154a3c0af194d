package io.crescendo.streams;

import java.net.URI;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/** What one running app holds beside Kafka Streams, and must give back after it. */
final class Resources implements AutoCloseable {

  private final RocksDbMemory memory;
  private final Measures measures = new Measures();
  private final Optional<QuestionServer> server;

  private Resources(StreamsSettings settings) {
    // Before the server, whose threads would keep a JVM alive that has nothing to serve.
    this.memory = new RocksDbMemory(settings.rocksDbBytes());
    try {
      this.server =
          settings.http().enabled()
              ? Optional.of(QuestionServer.start(settings.http(), measures))
              : Optional.empty();
    } catch (Throwable e) {
      measures.close();
      memory.close();
      throw e;
    }
  }

  /**
   * Takes memory, and starts to listen.
   *
   * @throws StreamsStartException if RocksDB cannot be loaded, or it cannot listen
   */
  static Resources open(StreamsSettings settings) {
    return new Resources(settings);
  }

  void addTo(Properties properties) {
    properties.put(RocksDbMemory.PROPERTY, memory);
    properties.put(Measures.PROPERTY, measures);
    server.ifPresent(
        s -> {
          HostInfo address = s.address();
          properties.put(
              StreamsConfig.APPLICATION_SERVER_CONFIG, address.host() + ":" + address.port());
        });
  }

  void serve(KafkaStreams streams, GenreFamilies families, GenreIndexes indexes, int partitions) {
    measures.watch(streams);
    server.ifPresent(
        s -> s.answerFrom(new Questions(streams, families, indexes, partitions), streams::state));
  }

  Optional<URI> questions() {
    return server.map(s -> URI.create(HttpSettings.url(s.address())));
  }

  void stopServing() {
    server.ifPresent(QuestionServer::close);
  }

  /** Only after Kafka Streams has ended: the stores use the memory. */
  @Override
  public void close() {
    stopServing();
    measures.close();
    memory.close();
  }
}
