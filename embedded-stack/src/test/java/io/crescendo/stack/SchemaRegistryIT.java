package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.csv.Progress;
import io.crescendo.csv.PublishOptions;
import io.crescendo.refresh.QueryResult;
import io.crescendo.registry.ConfluentFraming;
import io.crescendo.registry.RegistrySettings;
import io.crescendo.registry.SchemaRegistry;
import io.crescendo.schemas.Artist;
import io.crescendo.stack.cli.CommandLines;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import io.crescendo.streams.StreamsStartException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline in Confluent's wire format, with Apicurio's registry. */
class SchemaRegistryIT {

  @TempDir private static Path dir;
  private static ApicurioRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    registry = ApicurioRegistry.start(dir.resolve("registry.log"));
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Test
  void carriesAFileToTheWarehouseInConfluentsWireFormat() throws Exception {
    Path csv = dir.resolve("artists.csv");
    Files.writeString(
        csv,
        "id,name,genres,followers\na,A,\"['pop']\",5\nb,B,\"['pop','rap']\",7\nc,,\"['pop']\",1\n");
    PipelineSettings settings =
        PipelineSettings.impatient(dir.resolve("data"), Ports.anyFree())
            .withSchemaRegistry(registry.url());
    try (Pipeline pipeline = Pipeline.start(settings)) {
      pipeline.publish(
          csv, Instant.parse("2026-03-01T00:00:00Z"), PublishOptions.AGAIN, Progress.NONE);
      Console.type(pipeline, "{\"id\":\"a\",\"name\":\"A\",\"genres\":[\"pop\"],\"followers\":6}");
      Console.type(pipeline, "garbage");
      try (Positions positions = pipeline.positions()) {
        Until.reached(positions::allEnriched);
        Until.reached(positions::allLanded);
      }
      pipeline.warehouse().refresh();

      QueryResult totals = pipeline.warehouse().results().get("totals");
      assertThat(totals.value(0, "artists")).isEqualTo(2L);
      assertThat(totals.value(0, "followers_total")).isEqualTo(13L);
      // one row of the file, which the producer turned away, and one line, which the app did
      assertThat(totals.value(0, "rejected")).isEqualTo(2L);
      for (String topic : List.of("artists", "genre-followers", "artist-rejects")) {
        assertThat(values(pipeline.stack().bootstrapServers(), topic))
            .as(topic)
            .isNotEmpty()
            .allMatch(ConfluentFraming::marks);
      }
      assertThat(tail(pipeline, "artists")).hasSize(3).anyMatch(l -> l.contains("\"name\":\"B\""));
      assertThat(tail(pipeline, "artist-rejects"))
          .hasSize(2)
          .anyMatch(l -> l.contains("\"raw_value\":\"garbage\""));
      String metrics =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(pipeline.questions().resolve("/metrics")).build(),
                  BodyHandlers.ofString())
              .body();
      for (String prefix :
          List.of("crescendo_updates", "crescendo_rejects", "crescendo_latency", "kafka_")) {
        assertThat(Dashboard.metrics(prefix)).isNotEmpty().allMatch(metrics::contains);
      }
      assertThat(CommandLines.run(pipeline.endpoints(), "rejects", "list"))
          .contains("\"reason\":\"not_json\"", "\"reason\":\"blank_field\"");
    }
    assertThat(registry.get("/subjects"))
        .contains("artists-value", "genre-followers-value", "artist-rejects-value");
  }

  @Test
  void doesNotStartWhereTheRegistrySaysThatItsReadersWouldBreak() throws Exception {
    Schema other =
        SchemaBuilder.record(Artist.getClassSchema().getName())
            .namespace(Artist.getClassSchema().getNamespace())
            .fields()
            .requiredBytes("id")
            .endRecord();
    try (ApicurioRegistry strict = ApicurioRegistry.start(dir.resolve("strict.log"))) {
      new SchemaRegistry(RegistrySettings.of(strict.url(), "")).register("artists-value", other);
      assertThat(strict.put("/config", "{\"compatibility\":\"BACKWARD\"}").statusCode())
          .isEqualTo(200);
      StreamsSettings settings =
          StreamsSettings.of(
              Map.of(
                  "schema.registry.url", strict.url(), "state.dir", dir.resolve("s").toString()));
      assertThatThrownBy(() -> StreamsApp.start(settings))
          .isInstanceOf(StreamsStartException.class)
          .hasMessageContaining("may not follow those of subject 'artists-value'")
          .hasMessageEndingWith("nothing was registered");
    }
  }

  private static List<String> tail(Pipeline pipeline, String topic) {
    return CommandLines.run(
            pipeline.endpoints(), "topics", "tail", topic, "--from-beginning", "--exit-at-end")
        .lines()
        .toList();
  }

  private static List<byte[]> values(String bootstrapServers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<byte[]> values = new ArrayList<>();
      Until.reached(
          () -> {
            consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
            return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
          });
      return values;
    }
  }
}
