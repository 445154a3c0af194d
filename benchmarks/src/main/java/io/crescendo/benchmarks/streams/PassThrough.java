package io.crescendo.benchmarks.streams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.Topics;
import io.crescendo.schemas.UpdateFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The floor: JSON in, an Avro row out, exactly once, and nothing in between. No rule is checked,
 * nothing is remembered, nothing is counted. What it takes is what Kafka Streams, the serdes and
 * the transactions take.
 */
final class PassThrough {

  static final String OUTPUT = "passed-through";

  private static final JsonFactory JSON = new JsonFactory();

  private PassThrough() {}

  static Topology topology() {
    Serde<byte[]> bytes = Serdes.ByteArray();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(Topics.ARTIST_UPDATES.name(), Consumed.with(bytes, bytes))
        .mapValues(PassThrough::row)
        .to(OUTPUT, Produced.with(bytes, AvroSerde.of(Artist.class)));
    return builder.build();
  }

  /** As the streams app sets them. */
  static Properties properties(String application, String bootstrapServers, int threads) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
    properties.put(StreamsConfig.producerPrefix("linger.ms"), 100);
    properties.put(StreamsConfig.producerPrefix("batch.size"), 131_072);
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1);
    properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    properties.put(StreamsConfig.producerPrefix("buffer.memory"), 16_777_216);
    return properties;
  }

  private static Artist row(byte[] json) {
    Artist.Builder row = Artist.newBuilder();
    row.setGenres(List.of());
    row.setFollowerTier("");
    row.setFirstSeenAt(Instant.EPOCH);
    row.setIngestedAt(Instant.EPOCH);
    row.setUpdateNumber(1);
    row.setLate(false);
    row.setDeleted(false);
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case UpdateFields.ID -> row.setId(parser.getText());
          case UpdateFields.NAME -> row.setName(parser.getText());
          case UpdateFields.GENRES -> row.setGenres(genres(parser));
          case UpdateFields.FOLLOWERS -> row.setFollowers(parser.getLongValue());
          case UpdateFields.POPULARITY -> row.setPopularity(parser.getIntValue());
          case UpdateFields.OBSERVED_AT ->
              row.setObservedAt(Instant.ofEpochMilli(parser.getLongValue()));
          case UpdateFields.SOURCE -> row.setSource(parser.getText());
          default -> parser.skipChildren();
        }
      }
      return row.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> genres(JsonParser parser) throws IOException {
    List<String> genres = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      genres.add(parser.getText());
    }
    return genres;
  }
}
