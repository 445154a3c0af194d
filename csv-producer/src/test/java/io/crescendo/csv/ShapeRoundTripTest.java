package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.FileShape;
import io.crescendo.csv.generate.GeneratedFile;
import io.crescendo.csv.generate.GeneratorSettings;
import java.io.IOException;
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

/** Generates the same artists in every shape and reads them back. */
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
  void readsTheArtistsThatWereWritten(
      @ForAll FileShape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int artists)
      throws IOException {
    List<ArtistRow> written = new ArrayList<>();
    read(generate(FileShape.CRAWL, seed, artists, 0), FileShape.CRAWL, written);
    assertThat(written).hasSize(artists);
    List<ArtistRow> back = new ArrayList<>();
    int rejected = read(generate(shape, seed, artists, 0), shape, back);
    assertThat(rejected).isZero();
    assertThat(back).isEqualTo(written.stream().map(artist -> as(shape, artist)).toList());
  }

  @Property(tries = 60)
  void rejectsTheRowsThatWereBrokenAndNoOthers(
      @ForAll FileShape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int artists)
      throws IOException {
    GeneratedFile file = generate(shape, seed, artists, 0.2);
    List<ArtistRow> back = new ArrayList<>();
    int rejected = read(file, shape, back);
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
  private static int read(GeneratedFile file, FileShape shape, List<ArtistRow> artists)
      throws IOException {
    ReadingOptions options =
        switch (shape) {
          case FOREIGN -> FOREIGN;
          case NO_ID -> NO_ID;
          default -> ReadingOptions.AUTOMATIC;
        };
    int rejected = 0;
    try (ArtistFileReader rows = ArtistFileReader.open(Source.file(file.path()), options)) {
      while (rows.next()) {
        if (rows.artist() != null) {
          artists.add(rows.artist());
        } else {
          rejected++;
        }
      }
    }
    return rejected;
  }
}
