package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.FileShape;
import io.crescendo.csv.generate.GeneratedFile;
import io.crescendo.csv.generate.GeneratorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Generates the same artists in every shape, publishes them, and compares what arrives. */
class ShapeRoundTripTest {

  private static final ReadingOptions FOREIGN =
      new ReadingOptions(
          null,
          null,
          Map.of(
              "id", "codigo",
              "name", "nombre",
              "followers", "seguidores",
              "genres", "generos",
              "popularity", "popularidad"),
          false);
  private static final ReadingOptions NO_ID = new ReadingOptions(null, null, Map.of(), true);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Columns of the shape that spreads genres. */
  private static final int MOST_GENRES = 9;

  private static Path dir;

  @BeforeContainer
  static void makeDirectory() throws IOException {
    dir = Files.createTempDirectory("shapes");
  }

  @AfterContainer
  static void removeDirectory() throws IOException {
    Files.deleteIfExists(dir.resolve("a.csv"));
    Files.delete(dir);
  }

  @Property(tries = 60)
  void publishesTheArtistsThatWereWritten(
      @ForAll FileShape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int artists)
      throws IOException {
    List<ArtistRow> written = new ArrayList<>();
    publish(generate(FileShape.CRAWL, seed, artists, 0), FileShape.CRAWL, written);
    assertThat(written).hasSize(artists);
    List<ArtistRow> back = new ArrayList<>();
    int rejected = publish(generate(shape, seed, artists, 0), shape, back);
    assertThat(rejected).isZero();
    assertThat(back).isEqualTo(written.stream().map(artist -> as(shape, artist)).toList());
  }

  @Property(tries = 60)
  void rejectsTheRowsThatWereBrokenAndNoOthers(
      @ForAll FileShape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int artists)
      throws IOException {
    GeneratedFile file = generate(shape, seed, artists, 0.2);
    List<ArtistRow> back = new ArrayList<>();
    int rejected = publish(file, shape, back);
    assertThat(rejected).isEqualTo((int) file.broken());
    assertThat(back.stream().distinct().count()).isLessThanOrEqualTo(artists - file.broken());
    assertThat(back).hasSizeGreaterThanOrEqualTo((int) (artists - file.broken()));
  }

  private static ArtistRow as(FileShape shape, ArtistRow artist) {
    return switch (shape) {
      case NO_ID ->
          new ArtistRow(
              ArtistId.fromName(artist.name()),
              artist.name(),
              artist.genres(),
              artist.followers(),
              artist.popularity());
      case SPREAD, ONE_GENRE ->
          new ArtistRow(
              artist.id(),
              artist.name(),
              artist.genres().stream()
                  .limit(shape == FileShape.ONE_GENRE ? 1 : MOST_GENRES)
                  .toList(),
              artist.followers(),
              artist.popularity());
      default -> artist;
    };
  }

  private static GeneratedFile generate(FileShape shape, long seed, int artists, double damage)
      throws IOException {
    GeneratorSettings settings =
        new GeneratorSettings(artists, seed, 0, Instant.EPOCH, shape, damage);
    return ArtistFiles.generateFrom(settings, dir.resolve("a.csv")).get(0);
  }

  /** Returns how many rows were rejected. */
  private static int publish(GeneratedFile file, FileShape shape, List<ArtistRow> artists)
      throws IOException {
    ReadingOptions reading =
        switch (shape) {
          case FOREIGN -> FOREIGN;
          case NO_ID -> NO_ID;
          default -> ReadingOptions.AUTOMATIC;
        };
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Source source = Source.file(file.path());
    try (CsvPublisher publisher =
        new CsvPublisher(
            id -> producer, MemoryProgressLog::new, CommitLimits.DEFAULT, Progress.NONE)) {
      publisher.publish(source, new PublishOptions(reading, false, 0, 1));
    }
    int rejected = 0;
    for (ProducerRecord<byte[], byte[]> item : producer.history()) {
      switch (item.topic()) {
        case "artist-updates" -> {
          JsonNode json = JSON.readTree(item.value());
          assertThat(json.get("id").textValue())
              .isEqualTo(new String(item.key(), StandardCharsets.UTF_8));
          assertThat(json.get("observed_at").longValue())
              .isEqualTo(source.observedAt().toEpochMilli());
          assertThat(json.get("source").textValue()).matches("a\\.csv:[0-9]+");
          artists.add(artist(json));
        }
        case "artist-rejects" -> rejected++;
        default -> assertThat(item.topic()).isEqualTo(ProgressLog.TOPIC);
      }
    }
    return rejected;
  }

  private static ArtistRow artist(JsonNode json) {
    List<String> genres = new ArrayList<>();
    json.get("genres").forEach(genre -> genres.add(genre.textValue()));
    return new ArtistRow(
        json.get("id").textValue(),
        json.get("name").textValue(),
        List.copyOf(genres),
        json.get("followers").longValue(),
        json.has("popularity") ? json.get("popularity").intValue() : null);
  }
}
