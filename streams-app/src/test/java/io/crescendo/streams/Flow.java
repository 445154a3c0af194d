package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology on a test driver: send updates, let commits pass, read what came out. */
final class Flow implements AutoCloseable {

  static final Duration COMMIT = Duration.ofSeconds(1);

  private static final Duration PAUSE = COMMIT.dividedBy(10);

  /** After updates that nothing follows: they are told to genres, and those are reported. */
  static final Duration UNTIL_REPORTED = PAUSE.multipliedBy(2);

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Measures measures = new Measures();
  private final GenreIndexes indexes = new GenreIndexes();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> updates;
  private final TestOutputTopic<String, Artist> artists;
  private final TestOutputTopic<String, GenreFollowers> genres;
  private final TestOutputTopic<byte[], Reject> rejects;
  private final Map<String, GenreFollowers> reported = new HashMap<>();

  Flow(Path dir) {
    this(dir, Map.of());
  }

  Flow(Path dir, Map<String, String> more) {
    Map<String, String> given = new HashMap<>(more);
    given.put("state.dir", dir.toString());
    given.put("partitions", "1");
    StreamsSettings settings = StreamsSettings.of(given);
    Topology topology =
        ArtistTopology.of(settings, GenreFamilies.shipped(), AvroFormat.singleObject(), indexes);
    Properties properties = settings.kafkaProperties();
    properties.put(Measures.PROPERTY, measures);
    driver = new TopologyTestDriver(topology, properties, START);
    ByteArraySerializer bytes = new ByteArraySerializer();
    updates = driver.createInputTopic("artist-updates", bytes, bytes);
    artists =
        driver.createOutputTopic(
            "artists", new StringDeserializer(), AvroSerde.of(Artist.class).deserializer());
    genres =
        driver.createOutputTopic(
            "genre-followers",
            new StringDeserializer(),
            AvroSerde.of(GenreFollowers.class).deserializer());
    rejects =
        driver.createOutputTopic(
            "artist-rejects",
            new ByteArrayDeserializer(),
            AvroSerde.of(Reject.class).deserializer());
  }

  /** A record as any client may send it; key and value may be null. */
  void send(String key, String value, Instant timestamp) {
    updates.pipeInput(
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        timestamp);
  }

  /** A record at the start of time. */
  void send(String key, String value) {
    send(key, value, START);
  }

  /** Lets a commit interval pass, and gives the genres written in it, in order. */
  List<GenreFollowers> commit() {
    advanceOneCommit();
    List<GenreFollowers> rows = genres.readValuesToList();
    rows.forEach(row -> reported.put(row.getGenre(), row));
    return rows;
  }

  /** In steps, for what is told of artists comes to their genres after a while. */
  void advanceOneCommit() {
    driver.advanceWallClockTime(PAUSE);
    driver.advanceWallClockTime(PAUSE);
    driver.advanceWallClockTime(COMMIT.minus(UNTIL_REPORTED));
  }

  void advance(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** The last row of a genre that {@link #commit} has seen. */
  GenreFollowers genre(String name) {
    return reported.get(name);
  }

  List<Artist> artists() {
    return artists.readValuesToList();
  }

  List<TestRecord<String, Artist>> artistRecords() {
    return artists.readRecordsToList();
  }

  List<TestRecord<String, GenreFollowers>> genreRecords() {
    return genres.readRecordsToList();
  }

  List<TestRecord<byte[], Reject>> rejectRecords() {
    return rejects.readRecordsToList();
  }

  List<Reject> rejects() {
    return rejects.readValuesToList();
  }

  /** The first artists of a genre, at most so many. */
  List<Place> top(String genre, int places) {
    KeyValueStore<Bytes, ArtistState> artists = store(ArtistProcessor.STATE);
    return indexes.of(0).orElseThrow().top(genre, places, artists::get);
  }

  <K, V> KeyValueStore<K, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** What Prometheus would read. */
  String scrape() {
    return measures.scrape();
  }

  @Override
  public void close() {
    driver.close();
  }
}
